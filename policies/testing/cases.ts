import type { Policy } from "../policy";
import type { Value } from "../value";

/** The day of all cases: what has a last day in one is before it or after it. */
export const casesDay = "2026-06-15";

/** A resource in a case: what a program would declare. */
export interface Sample {
  readonly type: string;
  /** Logical name. @default "sample" */
  readonly name?: string;
  readonly properties: Value;
  /** Whether Pulumi refuses to delete it. @default false */
  readonly protect?: boolean;
  /** The provider's logical name, which stands for a cluster or an account. @default "main" */
  readonly provider?: string;
  /** The provider's configuration. @default {} */
  readonly providerProperties?: Value;
  /** Logical names of the resources that each property was computed from. @default {} */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

/** One way to break resources: what is done to each of those that it concerns. */
export interface Fault {
  readonly name: string;
  /** What is left in the place of a resource: others, or nothing; undefined where the fault does not apply. */
  break(sample: Sample): readonly Sample[] | undefined;
}

export interface PassingCase {
  /** What is special about it; the first of its list is the example on the reference page. */
  readonly name: string;
  readonly resources: readonly Sample[];
  /** What a stack configures for the policy. @default the policy's defaults */
  readonly configuration?: object;
  /** Policies that run before it, each with what the stack configures for it. @default none */
  readonly after?: readonly (readonly [policy: Policy, configuration: object])[];
}

export interface CatchingCase extends PassingCase {
  /** The messages, all of them, each as `logical name: message`. */
  readonly violations: readonly string[];
}

/** The examples that a policy is tested and documented by. */
export interface Cases {
  readonly policy: Policy;
  readonly catches: readonly CatchingCase[];
  readonly passes: readonly PassingCase[];
  /** What a preview meets: values that are not known yet. */
  readonly withUnknowns: {
    /** Violations that are certain all the same. */
    readonly catches: readonly CatchingCase[];
    /** What may turn out well. The tests also put an unknown in every place of every case of `passes`. */
    readonly passes: readonly PassingCase[];
  };
  /**
   * Ways to break the reviewed stack of production that the policy must catch.
   * @default none, for a policy that only reports
   */
  readonly faults?: readonly Fault[];
}
