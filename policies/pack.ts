import type {
  Policies,
  PolicyConfigSchema,
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { isExempt } from "./exemptions/exemption";
import type { Policy, Provider, Resource, ResourcePolicy, StackPolicy } from "./policy";
import { snapshot, unknown, type Value } from "./value";

/** Turns declarations into policies of Pulumi's SDK. */
export function sdkPolicies(policies: readonly Policy[]): Policies {
  const inputs = new Inputs();
  return policies.map((policy) =>
    policy.scope === "resource" ? resourcePolicy(policy, inputs) : stackPolicy(policy, inputs),
  );
}

function resourcePolicy(policy: ResourcePolicy, inputs: Inputs): ResourceValidationPolicy {
  return {
    ...about(policy),
    validateResource(args, reportViolation) {
      inputs.remember(args);
      if (!policy.appliesTo(args.type)) return;
      const resource: Resource = {
        urn: args.urn,
        name: args.name,
        type: args.type,
        properties: plain(args.props),
        provider: providerOf(args),
        dependencies: {},
      };
      const messages = [...policy.validate(resource, { ...defaults(policy), ...args.getConfig() })];
      if (messages.length === 0 || isExempt(resource, policy.id) !== "no") return;
      for (const message of messages) reportViolation(message);
    },
  };
}

function stackPolicy(policy: StackPolicy, inputs: Inputs): StackValidationPolicy {
  return {
    ...about(policy),
    validateStack(args, reportViolation) {
      const stack = args.resources.map((resource) => inStack(resource, inputs));
      for (const violation of policy.validate(stack, { ...defaults(policy), ...args.getConfig() })) {
        if (isExempt(violation.resource, policy.id) === "no") {
          reportViolation(violation.message, violation.resource.urn);
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

function defaults(policy: Policy): object {
  const schemas: readonly [string, { readonly default: Value }][] = Object.entries(
    policy.configuration ?? {},
  );
  return Object.fromEntries(schemas.map(([key, schema]) => [key, schema.default]));
}

/**
 * The inputs of every resource seen in this run. Stack policies judge these and not the outputs that the engine hands
 * them: while a cluster is only planned its provider cannot be configured, and then the engine has no outputs at all
 * for the objects in it.
 */
class Inputs {
  readonly #byUrn = new Map<string, object>();

  remember(args: ResourceValidationArgs): void {
    this.#byUrn.set(args.urn, args.props);
  }

  of(resource: PolicyResource): Value {
    const declared = this.#byUrn.get(resource.urn);
    if (declared) return plain(declared);
    return Object.keys(resource.props).length === 0 ? unknown : plain(resource.props);
  }
}

function inStack(resource: PolicyResource, inputs: Inputs): Resource {
  return {
    urn: resource.urn,
    name: resource.name,
    type: resource.type,
    // Only for the policies that ask: definitions of custom resources are large, and few look into them.
    get properties() {
      return inputs.of(resource);
    },
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
  const known = snapshots.get(properties);
  if (known !== undefined) return known;
  const taken = snapshot(properties);
  snapshots.set(properties, taken);
  return taken;
}
