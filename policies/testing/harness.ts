import type { PolicyResource, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { unknownCheckingProxy } from "@pulumi/policy";
import { exemptionInForce } from "../exemptions/in-force";
import { sdkPolicies } from "../pack";
import type { Policy } from "../policy";
import { isObject, unknown, type Value } from "../value";
import type { PassingCase, Sample } from "./cases";

/** What the engine sends for a value that a preview does not know. */
export const unknownOnTheWire = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a stack policy has to go by. */
export type Sight =
  /** What resource policies were shown; objects of a cluster that is only planned have no outputs. */
  | "inputs"
  /** What the engine hands over at the end; resources left out by `--target` were never shown before. */
  | "outputs";

/**
 * Runs one policy through Pulumi's SDK, as the engine does, and returns its violations as `logical name: message`, with no
 * name for those of the stack as a whole.
 */
export function violations(policy: Policy, one: PassingCase, sight: Sight = "inputs"): readonly string[] {
  const { after = [] } = one;
  const configuration = Object.fromEntries([
    ...after.map(([{ id }, configured]) => [id, configured]),
    [policy.id, one.configuration ?? {}],
  ]);
  const policies = [...after.map(([other]) => other), policy, exemptionInForce].filter(
    ({ id }, index, all) => index === all.findIndex((other) => other.id === id),
  );
  return findings(policies, wired(one.resources), configuration, sight)
    .filter((finding) => finding.policy === policy.id)
    .map(({ resource, message }) => `${resource}: ${message}`);
}

/** What a policy says about a resource. */
export interface Finding {
  readonly policy: string;
  /** The resource's logical name. */
  readonly resource: string;
  readonly message: string;
}

/** Runs policies through Pulumi's SDK over a stack, each with its configuration by its id. */
export function findings(
  policies: readonly Policy[],
  resources: readonly PolicyResource[],
  configuration: Readonly<Record<string, unknown>>,
  sight: Sight = "inputs",
): readonly Finding[] {
  const found: Finding[] = [];
  const judges = sdkPolicies(policies).filter(({ name }) => configuration[name] !== "disabled");
  const report = (policy: string, resource: string) => (message: string) => {
    found.push({ policy, resource, message });
  };
  for (const judge of judges) {
    if (!("validateResource" in judge) || (sight === "outputs" && judge.name !== policies[0]?.id)) continue;
    const context = contextOf(configuration[judge.name]);
    for (const resource of resources) {
      validate(
        judge,
        { ...resource, ...context, asType: () => undefined },
        report(judge.name, resource.name),
      );
    }
  }
  const seen =
    sight === "outputs" ? [...resources] : resources.map((resource) => ({ ...resource, props: {} }));
  for (const judge of judges) {
    if (!("validateStack" in judge)) continue;
    judge.validateStack({ resources: seen, ...contextOf(configuration[judge.name]) }, (message, urn) => {
      const name = resources.find((resource) => resource.urn === urn)?.name ?? "";
      report(judge.name, name)(message);
    });
  }
  return found;
}

/** Samples as the SDK would hand them over. */
export function wired(samples: readonly Sample[]): readonly PolicyResource[] {
  return samples.map((sample) => wire(sample, samples));
}

/** One of the samples of a stack as the SDK would hand it over. */
export function wire(sample: Sample, stack: readonly Sample[]): PolicyResource {
  return resourceOf(sample, stack);
}

function validate(
  policy: ResourceValidationPolicy,
  args: ResourceValidationArgs,
  report: (message: string) => void,
): void {
  for (const validation of [policy.validateResource ?? []].flat()) validation(args, report);
}

/** What else the SDK hands over. */
export function contextOf(configuration: unknown = {}) {
  return {
    stackTags: new Map<string, string>(),
    getConfig: () => JSON.parse(JSON.stringify(typeof configuration === "object" ? configuration : {})),
    notApplicable(): never {
      throw new Error("a policy of this pack never declares itself not applicable");
    },
  };
}

const urnOf = ({ type, name = "sample" }: Sample): string => `urn:pulumi:test::test::${type}::${name}`;

function resourceOf(sample: Sample, all: readonly Sample[]): PolicyResource {
  const provider = sample.provider ?? "main";
  const resource = (on: Sample): PolicyResource => resourceOf({ ...on, dependencies: {} }, []);
  return {
    type: sample.type,
    name: sample.name ?? "sample",
    urn: urnOf(sample),
    props: shown(sample.properties),
    opts: {
      protect: sample.protect ?? false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    provider: {
      type: `pulumi:providers:${sample.type.split(":")[0]}`,
      name: provider,
      urn: `urn:pulumi:test::test::pulumi:providers::${provider}`,
      props: shown(sample.providerProperties ?? none),
    },
    dependencies: [],
    propertyDependencies: Object.fromEntries(
      Object.entries(sample.dependencies ?? {}).map(([property, names]) => [
        property,
        all.filter((one) => names.includes(one.name ?? "sample")).map(resource),
      ]),
    ),
    isType: () => false,
    asType: () => undefined,
  };
}

const none: Value = {};

const proxies = new WeakMap<object, object>();

/** Properties as the SDK shows them; those of a sample that stands in many stacks once. */
function shown(properties: Value): object {
  if (!isObject(properties)) return unknownCheckingProxy(toWire(properties));
  const known: object = proxies.get(properties) ?? unknownCheckingProxy(toWire(properties));
  proxies.set(properties, known);
  return known;
}

/** A value as the engine sends it. */
export function toWire(value: Value): unknown {
  if (value === unknown) return unknownOnTheWire;
  if (Array.isArray(value)) return value.map(toWire);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toWire(one)]));
  return value;
}

/** The case again and again, each time with another of its values not known. */
export function* withEachUnknown({ resources, ...rest }: PassingCase): Iterable<PassingCase> {
  for (const [index, sample] of resources.entries()) {
    for (const [path, properties] of blanks(sample.properties)) {
      if (path === "") continue;
      const name = `${rest.name}, ${sample.name ?? "sample"}${path} unknown`;
      yield { ...rest, name, resources: resources.with(index, { ...sample, properties }) };
    }
  }
}

function* blanks(value: Value): Iterable<readonly [path: string, Value]> {
  yield ["", unknown];
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const [path, blank] of blanks(item)) yield [`[${index}]${path}`, value.with(index, blank)];
    }
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      for (const [path, blank] of blanks(item)) yield [`.${key}${path}`, { ...value, [key]: blank }];
    }
  }
}
