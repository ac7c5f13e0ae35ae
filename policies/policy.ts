import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { Granted } from "./exemptions/granted";
import type { Resource } from "./resource";
import type { Stack } from "./stack";
import type { Value } from "./value";

/** The severity of a violation. */
export type Severity = "low" | "medium" | "high" | "critical";

/** Something wrong with one resource, or with the stack as a whole. */
export interface Violation {
  readonly resource?: Resource;
  readonly message: string;
}

/** The description of a policy: shown by the CLI, and the source of its entry in the reference. */
export interface About<Configuration> {
  /** Unique; the file's folder and name: `kubernetes-non-root` for `kubernetes/non-root.ts`. */
  readonly id: string;
  /** The demand, as one sentence. */
  readonly what: string;
  /** What happens when it is not met. */
  readonly why: string;
  readonly severity: Severity;
  /** Standards and requirements behind it. */
  readonly standards: readonly string[];
  /**
   * True for a policy that only reports; the others are mandatory unless the configuration says otherwise.
   */
  readonly advisory?: true;
  /** How to fix a violation, naming the property to set. */
  readonly remediation: string;
  /** The keys that a stack may configure, each with its default. */
  readonly configuration?: {
    readonly [Key in keyof Configuration]: PolicyConfigJSONSchema & {
      readonly description: string;
      readonly default: Configuration[Key];
    };
  };
}

/** A violation that setting one property fixes, without loss and without replacing anything. */
export interface Remediable {
  readonly message: string;
  /** Path of the property, such as `spec.containers[0].image`. */
  readonly path: string;
  /** The value to set. */
  readonly value: boolean | number | string;
}

/** The stack's configuration for another policy, or `disabled`. */
export type Configurations = (policy: Policy) => object | "disabled";

/** Judges each resource alone, before it is created or changed. */
export interface ResourcePolicy<Configuration extends object = object> extends About<Configuration> {
  readonly scope: "resource";
  /** Whether the policy concerns resources of this type; the others are never shown to `validate`. */
  appliesTo(type: string): boolean;
  /** What it sets at the enforcement level `remediate`, and when. @default undefined: it changes nothing */
  readonly remediates?: string;
  /** One message a violation: where, what was found, what to set. */
  validate(
    resource: Resource,
    configuration: Configuration,
    configurationOf?: Configurations,
  ): Iterable<string | Remediable>;
}

/** Judges how the resources of a stack fit together, when all are known. */
export interface StackPolicy<Configuration extends object = object> extends About<Configuration> {
  readonly scope: "stack";
  /** @param granted the exceptions in the configuration of the policies that ran before */
  validate(stack: Stack, configuration: Configuration, granted: readonly Granted[]): Iterable<Violation>;
}

export type Policy = ResourcePolicy | StackPolicy;

/** The configuration of a policy by default. */
export function defaultsOf(policy: Policy): object {
  const schemas: readonly [string, { readonly default: Value }][] = Object.entries(
    policy.configuration ?? {},
  );
  return Object.fromEntries(schemas.map(([key, schema]) => [key, schema.default]));
}
