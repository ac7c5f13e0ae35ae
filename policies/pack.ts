import type {
  Policies,
  PolicyConfigSchema,
  PolicyResource,
  ResourceRemediation,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { Calls } from "./calls";
import { exempted, grantedBy } from "./exemptions/exceptions";
import { exemptKey, unexemptable } from "./exemptions/exemption";
import type { Granted } from "./exemptions/granted";
import { findingsOf, messageOf, unexempted } from "./findings";
import { embeddedIn, mayEmbed } from "./kubernetes/embedded";
import { defaultsOf, type Policy, type ResourcePolicy, type StackPolicy } from "./policy";
import type { Provider, Resource } from "./resource";
import { Snapshots, withoutProxy } from "./snapshots";
import { Stack } from "./stack";
import { snapshot, unknown, type Value } from "./value";
import { withProperty } from "./with-property";

/** What the SDK runs of a policy that a resource does not concern. */
const nothing: ResourceValidation[] = [];

/** Turns declarations into policies of Pulumi's SDK. */
export function sdkPolicies(policies: readonly Policy[]): Policies {
  const run = new Run();
  return policies.map((policy, index) =>
    policy.scope === "resource" ? resourcePolicy(policy, run, index) : stackPolicy(policy, run),
  );
}

function resourcePolicy(policy: ResourcePolicy, run: Run, index: number): ResourceValidationPolicy {
  const concerns = new Map<string, boolean>();
  // The SDK asks several times for each resource.
  let last = { type: "", isConcerned: false };
  const isConcerned = (type: string): boolean => {
    if (last.type === type) return last.isConcerned;
    const known = concerns.get(type) ?? (policy.appliesTo(type) || mayEmbed(type));
    concerns.set(type, known);
    last = { type, isConcerned: known };
    return known;
  };
  const validate: ResourceValidation = (args, reportViolation) => {
    run.calls.show({ index, type: args.type });
    run.remember(args, index);
    const configuration = run.configure(policy, args);
    if (!isConcerned(args.type)) return;
    const resource = run.judged(args, index);
    for (const one of [resource, ...embeddedIn(resource)]) {
      if (!policy.appliesTo(one.type)) continue;
      const found = findingsOf(policy, one, configuration, (other) => run.configurationOf(other));
      for (const finding of found) reportViolation(labelled(one, messageOf(finding)));
    }
  };
  return {
    ...about(policy),
    ...(policy.remediates && { remediateResource: remediation(policy) }),
    // The SDK reads it on each of the engine's calls, and then reads the whole resource again before it runs
    // it.
    get validateResource() {
      const type = run.calls.typeFor(index);
      return type === undefined || isConcerned(type) ? validate : nothing;
    },
  };
}

/** Applies the fix of a policy; without a result the engine leaves the resource unchanged. */
function remediation(policy: ResourcePolicy): ResourceRemediation {
  return (args) => {
    if (!policy.appliesTo(args.type)) return undefined;
    const properties = withoutProxy(args.props);
    const resource = alone(args, new Snapshots());
    const found = findingsOf(policy, resource, configurationOf(policy, args));
    const remediable = found.filter((finding) => typeof finding !== "string");
    if (remediable.length === 0) return undefined;
    return remediable.reduce<object>(
      (before, { path, value }) => withProperty(before, path, value),
      properties,
    );
  };
}

function labelled({ label }: Resource, message: string): string {
  return label === undefined ? message : `${label}: ${message}`;
}

/** A resource that is judged alone. */
function alone(args: ResourceValidationArgs, snapshots: Snapshots, props: object = args.props): Resource {
  return {
    urn: args.urn,
    name: args.name,
    type: args.type,
    properties: snapshots.of(args.urn, props),
    protect: args.opts.protect,
    provider: providerOf(args, snapshots),
    dependencies: {},
  };
}

function stackPolicy(policy: StackPolicy, run: Run): StackValidationPolicy {
  return {
    ...about(policy),
    validateStack(args, reportViolation) {
      const configuration = run.configure(policy, args);
      const stack = run.stackOf(args.resources);
      for (const { resource, message } of policy.validate(stack, configuration, run.granted())) {
        if (!resource) {
          reportViolation(message);
          continue;
        }
        for (const finding of unexempted(policy, resource, configuration, [message])) {
          reportViolation(labelled(resource, messageOf(finding)), resource.urn);
        }
      }
    },
  };
}

function about(policy: Policy): SdkPolicy {
  return {
    name: policy.id,
    description: policy.what,
    enforcementLevel: policy.advisory ? "advisory" : "mandatory",
    severity: policy.severity,
    remediationSteps: policy.remediation,
    tags: [...policy.standards],
    configSchema: configurationSchema(policy),
  };
}

type SdkPolicy = Pick<ResourceValidationPolicy, keyof ResourceValidationPolicy & keyof StackValidationPolicy>;

function configurationSchema(policy: Policy): PolicyConfigSchema | undefined {
  // Policies about exemptions cannot be exempted from.
  const isExemptable = !policy.id.startsWith(unexemptable);
  const properties: Record<string, PolicyConfigSchema["properties"][string]> = {
    ...policy.configuration,
    ...(isExemptable && { [exemptKey]: exempted }),
  };
  return Object.keys(properties).length > 0 ? { properties } : undefined;
}

type Configured = Pick<ResourceValidationArgs, "getConfig">;

/** The stack's configuration, with defaults for the rest. */
function configurationOf(policy: Policy, args: Configured): object {
  return { ...defaultsOf(policy), ...args.getConfig() };
}

/** What the policies of one run share. */
class Run {
  readonly #inputs = new Map<string, object>();
  readonly #granted = new Map<string, readonly Granted[]>();
  readonly #configured = new Map<string, object>();
  readonly snapshots = new Snapshots();
  readonly calls = new Calls();
  #seen: { readonly urn: string; readonly index: number } = { urn: "", index: -1 };
  #last: { readonly resource?: Resource; readonly index: number } = { index: -1 };
  #stack: Stack | undefined;
  /** URNs of the resources in the stack. */
  #urns: readonly string[] = [];

  /**
   * Keeps the inputs of a resource. Stack policies judge the inputs and not the engine's outputs: while a
   * cluster is only planned its provider cannot be configured, and the engine then has no outputs for the
   * objects in it.
   */
  remember(args: ResourceValidationArgs, index: number): void {
    const isSame = this.#seen.urn === args.urn && index > this.#seen.index;
    this.#seen = { urn: args.urn, index };
    if (isSame) return;
    this.#inputs.set(args.urn, args.props);
    this.#stack = undefined;
  }

  /**
   * A resource that is judged alone. The SDK shows it to one policy after the other, so the next policy of
   * the same call reuses it.
   */
  judged(args: ResourceValidationArgs, index: number): Resource {
    const { resource, index: last } = this.#last;
    const isSame = resource?.urn === args.urn && index > last;
    const next = resource && isSame ? resource : alone(args, this.snapshots, this.#inputs.get(args.urn));
    this.#last = { resource: next, index };
    return next;
  }

  /**
   * The configuration of a policy that runs, with defaults for the rest. The SDK copies it for each resource
   * that asks, and it stays the same for the whole run.
   */
  configure(policy: Policy, args: Configured): object {
    const known = this.#configured.get(policy.id);
    if (known) return known;
    const configuration = configurationOf(policy, args);
    this.#configured.set(policy.id, configuration);
    this.#granted.set(policy.id, grantedBy(policy, snapshot(configuration)));
    return configuration;
  }

  /** The stack's configuration for another policy; disabled policies never run. */
  configurationOf(policy: Policy): object | "disabled" {
    const isAlone = this.#configured.size <= 1;
    return this.#configured.get(policy.id) ?? (isAlone ? defaultsOf(policy) : "disabled");
  }

  granted(): readonly Granted[] {
    return [...this.#granted.values()].flat();
  }

  /**
   * The stack with its indexes. The SDK makes a new list for every policy; a list of the same resources is
   * the same stack.
   */
  stackOf(resources: readonly PolicyResource[]): Stack {
    if (
      this.#stack &&
      this.#urns.length === resources.length &&
      this.#urns.every((urn, index) => urn === resources[index]?.urn)
    ) {
      return this.#stack;
    }
    const stack = resources.map((resource) => inStack(resource, this));
    const embedded = stack.flatMap((resource) => (mayEmbed(resource.type) ? embeddedIn(resource) : []));
    this.#stack = new Stack([...stack, ...embedded]);
    this.#urns = resources.map(({ urn }) => urn);
    return this.#stack;
  }

  /** What the program declared for a resource. */
  inputsOf(resource: PolicyResource): Value {
    const declared = this.#inputs.get(resource.urn);
    if (declared) return this.snapshots.of(resource.urn, declared);
    return Object.keys(resource.props).length === 0
      ? unknown
      : this.snapshots.of(resource.urn, resource.props);
  }
}

function inStack(resource: PolicyResource, run: Run): Resource {
  return {
    urn: resource.urn,
    name: resource.name,
    type: resource.type,
    // Read only when a policy asks: definitions of custom resources are large, and few policies need them.
    get properties() {
      return run.inputsOf(resource);
    },
    protect: resource.opts.protect,
    provider: providerOf(resource, run.snapshots),
    dependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, on]) => [
        property,
        on.map(({ urn }) => urn),
      ]),
    ),
  };
}

function providerOf(
  { provider }: Pick<ResourceValidationArgs, "provider">,
  snapshots: Snapshots,
): Provider | undefined {
  if (provider === undefined) return undefined;
  const { urn, props } = provider;
  let properties: Value | undefined;
  return {
    urn,
    // Read only when a policy asks: every resource comes with its provider, and few policies need it.
    get properties() {
      properties ??= snapshots.of(urn, props);
      return properties;
    },
  };
}
