import type {
  Policies,
  PolicyConfigSchema,
  PolicyResource,
  ResourceRemediation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { type Granted, grantedBy } from "./exemptions/exceptions";
import { isExempt } from "./exemptions/exemption";
import { findingsOf, messageOf } from "./findings";
import {
  defaultsOf,
  type Policy,
  type Provider,
  type Resource,
  type ResourcePolicy,
  type StackPolicy,
} from "./policy";
import { Stack } from "./stack";
import { snapshot, unknown, type Value } from "./value";
import { withProperty } from "./with-property";

/** Turns declarations into policies of Pulumi's SDK. */
export function sdkPolicies(policies: readonly Policy[]): Policies {
  const run = new Run();
  return policies.map((policy) =>
    policy.scope === "resource" ? resourcePolicy(policy, run) : stackPolicy(policy, run),
  );
}

function resourcePolicy(policy: ResourcePolicy, run: Run): ResourceValidationPolicy {
  return {
    ...about(policy),
    ...(policy.remediates && { remediateResource: remediation(policy) }),
    validateResource(args, reportViolation) {
      run.remember(args);
      run.grant(policy, args);
      if (!policy.appliesTo(args.type)) return;
      const resource = alone(args, plain(args.props));
      const found = findingsOf(policy, resource, configurationOf(policy, args));
      for (const finding of found) reportViolation(messageOf(finding));
    },
  };
}

/** Sets what the policy knows how to put right; without a result the engine leaves the resource as it is. */
function remediation(policy: ResourcePolicy): ResourceRemediation {
  return (args) => {
    if (!policy.appliesTo(args.type)) return undefined;
    const properties = unproxied(args.props);
    const resource = alone(args, snapshot(properties));
    const found = findingsOf(policy, resource, configurationOf(policy, args));
    const remediable = found.filter((finding) => typeof finding !== "string");
    if (remediable.length === 0) return undefined;
    return remediable.reduce((before, { path, value }) => withProperty(before, path, value), properties);
  };
}

/** A resource while it is judged by itself. */
function alone(args: ResourceValidationArgs, properties: Value): Resource {
  return {
    urn: args.urn,
    name: args.name,
    type: args.type,
    properties,
    protect: args.opts.protect,
    provider: providerOf(args),
    dependencies: {},
  };
}

function stackPolicy(policy: StackPolicy, run: Run): StackValidationPolicy {
  return {
    ...about(policy),
    validateStack(args, reportViolation) {
      run.grant(policy, args);
      const stack = run.stackOf(args.resources);
      const violations = policy.validate(stack, configurationOf(policy, args), run.granted());
      for (const { resource, message } of violations) {
        if (!resource || isExempt(resource, policy.id) === "no") {
          reportViolation(message, resource?.urn);
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
  return policy.configuration && { properties: { ...policy.configuration } };
}

type Configured = Pick<ResourceValidationArgs, "getConfig">;

/** What the stack configures, and the default for what it does not. */
function configurationOf(policy: Policy, args: Configured): object {
  return { ...defaultsOf(policy), ...args.getConfig() };
}

/** What the policies of one run share. */
class Run {
  readonly #inputs = new Map<string, object>();
  readonly #granted = new Map<string, readonly Granted[]>();
  #stack: Stack | undefined;

  /**
   * Keeps the inputs of a resource. Stack policies judge these and not the outputs that the engine hands them: while a
   * cluster is only planned its provider cannot be configured, and then the engine has no outputs at all for the
   * objects in it.
   */
  remember(args: ResourceValidationArgs): void {
    this.#inputs.set(args.urn, args.props);
    this.#stack = undefined;
  }

  /** Keeps what a policy that runs lets pass. */
  grant(policy: Policy, args: Configured): void {
    if (this.#granted.has(policy.id)) return;
    this.#granted.set(policy.id, grantedBy(policy, snapshot(configurationOf(policy, args))));
  }

  granted(): readonly Granted[] {
    return [...this.#granted.values()].flat();
  }

  /** The stack with its indexes. The SDK makes another list for every policy; as long as it names the same resources it is the same stack. */
  stackOf(resources: readonly PolicyResource[]): Stack {
    const known = this.#stack?.resources;
    if (
      this.#stack &&
      known?.length === resources.length &&
      known.every(({ urn }, i) => urn === resources[i]?.urn)
    ) {
      return this.#stack;
    }
    this.#stack = new Stack(resources.map((resource) => inStack(resource, this)));
    return this.#stack;
  }

  /** What the program declared for a resource. */
  inputsOf(resource: PolicyResource): Value {
    const declared = this.#inputs.get(resource.urn);
    if (declared) return plain(declared);
    return Object.keys(resource.props).length === 0 ? unknown : plain(resource.props);
  }
}

function inStack(resource: PolicyResource, run: Run): Resource {
  return {
    urn: resource.urn,
    name: resource.name,
    type: resource.type,
    // Only for the policies that ask: definitions of custom resources are large, and few look into them.
    get properties() {
      return run.inputsOf(resource);
    },
    protect: resource.opts.protect,
    provider: providerOf(resource),
    dependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, on]) => [
        property,
        on.map(({ urn }) => urn),
      ]),
    ),
  };
}

function providerOf({ provider }: Pick<ResourceValidationArgs, "provider">): Provider | undefined {
  return provider && { urn: provider.urn, properties: plain(provider.props) };
}

const snapshots = new WeakMap<object, Value>();

/** One walk through a resource's properties for all policies that ask for it. */
function plain(properties: object): Value {
  // Every policy is handed a proxy of its own around the same properties.
  const key = unproxied(properties);
  const known = snapshots.get(key);
  if (known !== undefined) return known;
  const taken = snapshot(key);
  snapshots.set(key, taken);
  return taken;
}

/** The properties themselves: the SDK wraps them once to notice unknown values, and for remediations once more to keep secrets. */
function unproxied(properties: object): object {
  // The SDK's proxies answer to this name with what they stand for.
  const target: unknown = Reflect.get(properties, "__getSpecialProxyTarget");
  return typeof target === "object" && target !== null ? unproxied(target) : properties;
}
