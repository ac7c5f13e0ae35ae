/**
 * What a stand-in provider is, without gRPC: plain JavaScript values in and out.
 * `sandbox/providers/server.ts` serves one over the engine's ResourceProvider protocol.
 */

/** A value that the engine does not know yet (during previews). */
export const unknown: unique symbol = Symbol("unknown");

/** A value that state must encrypt. The engine hands inputs over in clear; outputs are marked with this. */
export class Secret {
  constructor(readonly value: Value) {}
}

export type Value =
  | null
  | boolean
  | number
  | string
  | typeof unknown
  | Secret
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Values = { readonly [key: string]: Value };

/** One fault of a resource's inputs, shown by the engine at that property. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface PropertyDifference {
  /** Property path as Pulumi writes it: `spec.replicas`, `tags["a.b"]`, `rules[0].port`. */
  readonly path: string;
  readonly kind: "add" | "update" | "delete";
  readonly replace: boolean;
}

export interface Difference {
  readonly differences: readonly PropertyDifference[];
  /** True when the old one must go before its replacement is made (names that clash). */
  readonly deleteBeforeReplace?: boolean;
}

export interface ResourceReference {
  readonly urn: string;
  /** Pulumi type token, e.g. `aws:eks/cluster:Cluster`. */
  readonly type: string;
  /** Logical name: the URN's last part. */
  readonly name: string;
}

/**
 * A create or update that failed after it had begun: the engine keeps `id` and `outputs` in state, so that the
 * next run continues from there instead of leaving an orphan.
 */
export class PartialFailure extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly outputs: Values,
    readonly inputs: Values,
  ) {
    super(message);
  }
}

/** A provider that has received its configuration: one per `new aws.Provider(...)` of the program. */
export interface ConfiguredProvider {
  /** Validates and completes inputs (defaults, automatic names). Never throws for a user's fault: it returns failures. */
  check(
    resource: ResourceReference,
    oldInputs: Values | undefined,
    newInputs: Values,
    randomSeed: Uint8Array,
  ): Promise<{ readonly inputs: Values; readonly failures: readonly CheckFailure[] }>;
  diff(
    resource: ResourceReference,
    id: string,
    old: { readonly inputs: Values; readonly outputs: Values },
    newInputs: Values,
    ignoreChanges: readonly string[],
  ): Promise<Difference>;
  create(
    resource: ResourceReference,
    inputs: Values,
    options: OperationOptions,
  ): Promise<{ readonly id: string; readonly outputs: Values }>;
  /** The resource as it is now; undefined when it is gone. With no state given it is an import. */
  read(
    resource: ResourceReference,
    id: string,
    state: { readonly inputs: Values; readonly outputs: Values },
  ): Promise<{ readonly id: string; readonly inputs: Values; readonly outputs: Values } | undefined>;
  update(
    resource: ResourceReference,
    id: string,
    old: { readonly inputs: Values; readonly outputs: Values },
    newInputs: Values,
    options: OperationOptions & { readonly ignoreChanges: readonly string[] },
  ): Promise<{ readonly outputs: Values }>;
  delete(
    resource: ResourceReference,
    id: string,
    old: { readonly inputs: Values; readonly outputs: Values },
    options: { readonly timeoutSeconds: number },
  ): Promise<void>;
  /** A function call (`aws.getCallerIdentity`). Throws on a token that it does not know. */
  invoke(token: string, args: Values): Promise<Values>;
  /** Makes the children of a remote component and answers with its outputs. Left out where a package has none. */
  construct?(component: Component, inputs: Values, options: ConstructOptions): Promise<Values>;
}

/** A remote component, before it has its place in the tree. */
export type Component = Pick<ResourceReference, "type" | "name">;

/** A resource that a component is made of. */
export interface ChildResource {
  /** Pulumi type token. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Values;
  /** URNs of what has to be there before. */
  readonly dependsOn: readonly string[];
}

export interface ConstructOptions {
  /** True during `pulumi preview`. */
  readonly preview: boolean;
  /** Shows a line at the component in the terminal, which makes the component a part of the stack. */
  readonly log: (message: string, severity?: "info" | "warning") => Promise<void>;
  /** Has the engine make a child, which inherits what was given to the component, and waits for it. */
  readonly register: (child: ChildResource) => Promise<RegisteredResource>;
}

/** What the engine has made of a child. */
export interface RegisteredResource {
  readonly urn: string;
  /** Empty during a preview of its creation. */
  readonly id: string;
}

export interface OperationOptions {
  /** True during `pulumi preview`: nothing may be changed; outputs that are not known yet are `unknown`. */
  readonly preview: boolean;
  /** Custom timeout in seconds; 0 when the program set none. */
  readonly timeoutSeconds: number;
  /** Shows a line at the resource in the terminal, as official providers do while they wait. */
  readonly log: (message: string, severity?: "info" | "warning") => void;
  /** Aborted when the engine cancels the run. */
  readonly signal: AbortSignal;
}

/** A provider package before its configuration is known. */
export interface StandIn {
  /** Package name: `aws`, `kubernetes`. */
  readonly name: string;
  readonly version: string;
  /** Validates the provider resource's own inputs (region, kubeconfig, token). */
  checkConfig(inputs: Values): Promise<readonly CheckFailure[]>;
  /** Configuration keys whose change must replace the provider and so every resource of it. */
  diffConfig(oldInputs: Values, newInputs: Values): Promise<Difference>;
  /** Values may be `unknown` during a preview: the provider then answers previews without reaching anything. */
  /** @param urn of the provider in the program */
  configure(inputs: Values, urn?: string): Promise<ConfiguredProvider>;
}
