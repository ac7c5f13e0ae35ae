import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { Granted } from "./exemptions/granted";
import type { Resource } from "./resource";
import type { Stack } from "./stack";
import type { Value } from "./value";

/** What is at stake when the policy is broken. */
export type Severity = "low" | "medium" | "high" | "critical";

/** Something wrong with one resource, or with the stack as a whole. */
export interface Violation {
  readonly resource?: Resource;
  readonly message: string;
}

/** What every policy says about itself: shown by the CLI, and the source of its page in the reference. */
export interface About<Configuration> {
  /** Unique; the file's folder and name: `kubernetes-non-root` for `kubernetes/non-root.ts`. */
  readonly id: string;
  /** What it demands, as one sentence. */
  readonly what: string;
  /** What happens when it is not so. */
  readonly why: string;
  readonly severity: Severity;
  /** Standards and requirements that it serves. */
  readonly standards: readonly string[];
  /** True for a report that no stack should fail on; the others are mandatory unless configuration says otherwise. */
  readonly advisory?: true;
  /** How to fix a violation, naming the property to set. */
  readonly remediation: string;
  /** What a stack may configure, each with its default. */
  readonly configuration?: {
    readonly [Key in keyof Configuration]: PolicyConfigJSONSchema & {
      readonly description: string;
      readonly default: Configuration[Key];
    };
  };
}

/** Something wrong with a resource that setting one property puts right, without loss and without replacing anything. */
export interface Remediable {
  readonly message: string;
  /** Path of the property, such as `spec.containers[0].image`. */
  readonly path: string;
  /** What it is to be. */
  readonly value: boolean | number | string;
}

/** What a stack configures for another policy, or that it has switched it off. */
export type Configurations = (policy: Policy) => object | "disabled";

/** Judges each resource by itself, before it is created or changed. */
export interface ResourcePolicy<Configuration extends object = object> extends About<Configuration> {
  readonly scope: "resource";
  /** Whether the policy concerns resources of this type; the others are never shown to `validate`. */
  appliesTo(type: string): boolean;
  /** What it sets at the enforcement level `remediate`, and when. @default undefined, it leaves resources as they are */
  readonly remediates?: string;
  /** One message per violation: where, what was found, what to set. */
  validate(
    resource: Resource,
    configuration: Configuration,
    configurationOf?: Configurations,
  ): Iterable<string | Remediable>;
}

/** Judges how the resources of a stack fit together, once all are known. */
export interface StackPolicy<Configuration extends object = object> extends About<Configuration> {
  readonly scope: "stack";
  /**
   * @param granted what the configuration of the policies that ran before lets pass
   */
  validate(stack: Stack, configuration: Configuration, granted: readonly Granted[]): Iterable<Violation>;
}

export type Policy = ResourcePolicy | StackPolicy;

/** The configuration of a policy where a stack says nothing. */
export function defaultsOf(policy: Policy): object {
  const schemas: readonly [string, { readonly default: Value }][] = Object.entries(
    policy.configuration ?? {},
  );
  return Object.fromEntries(schemas.map(([key, schema]) => [key, schema.default]));
}
