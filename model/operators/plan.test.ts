import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { clusterWith } from "../../test/support/operators/cluster";
import { isCustom, type PlannedObject, plannedObjects } from "../../test/support/operators/plan";
import { type ObjectFacts, objectFacts } from "../facts/object";
import { deletes, kindOf, makesNothing, operators, passing } from ".";
import { reloaderResources } from "./prometheus/common";

const stacks = ["dev", "staging", "prod"] as const;
const plans = new Map(stacks.map((stack) => [stack, plannedObjects(stack)]));

interface MadeObject {
  readonly cluster: string;
  readonly facts: ObjectFacts;
}

function madeIn(stack: (typeof stacks)[number], how = operators): readonly MadeObject[] {
  const objects = plans.get(stack) ?? [];
  return [...new Set(objects.map(({ cluster }) => cluster))].flatMap((cluster) => {
    const own = objects.filter((one) => one.cluster === cluster).map(({ resource }) => resource);
    const around = clusterWith(own);
    const made = own.flatMap((resource) => how.get(kindOf(resource))?.(resource, around) ?? []);
    return made.map((facts) => ({ cluster, facts }));
  });
}

function addressOf({ cluster, facts: { kind, namespace, name } }: MadeObject): string {
  return `${cluster} ${kind} ${namespace}/${name}`;
}

describe.each(stacks)("of stack %s", (stack) => {
  const objects: readonly PlannedObject[] = plans.get(stack) ?? [];

  test("every kind of custom resource has an operator or is known to make nothing", () => {
    const kinds = new Set(objects.filter(isCustom).map(({ resource }) => kindOf(resource)));
    expect(kinds.size).toBeGreaterThan(20);
    expect([...kinds].filter((kind) => !operators.has(kind) && !makesNothing.has(kind))).toEqual([]);
  });

  test("what operators make has the form of facts, an owner of the plan, and no double", () => {
    const owners = new Set(objects.map(({ resource: { kind, metadata } }) => `${kind}/${metadata.name}`));
    const made = madeIn(stack);
    const certificates = made.filter(({ facts }) => facts.kind === "Certificate");
    const known = new Set([...owners, ...certificates.map(({ facts }) => `Certificate/${facts.name}`)]);
    expect(made.flatMap(({ facts }) => objectFacts.safeParse(facts).error ?? [])).toEqual([]);
    expect(made.filter(({ facts: { owner = "" } }) => !known.has(owner))).toEqual([]);
    const names = made.map(addressOf);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("what passes is not among what stands", () => {
    const standing = new Set(madeIn(stack).map(addressOf));
    const passed = madeIn(stack, passing).map(addressOf);
    expect(passed.length).toBeGreaterThan(0);
    expect(passed.filter((name) => standing.has(name))).toEqual([]);
  });
});

test("no kind both makes something and nothing", () => {
  expect([...operators.keys()].filter((kind) => makesNothing.has(kind))).toEqual([]);
});

test("redis-operator deletes budgets that its resources do not ask for", () => {
  const deleted = (plans.get("prod") ?? []).flatMap(({ resource }) =>
    resource.apiVersion.startsWith("redis.") ? deletes(resource) : [],
  );
  const names = deleted.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  expect(names).toContain("PodDisruptionBudget production/redis-replication");
  expect(names).toContain("PodDisruptionBudget ai-middleware/redis-leader");
});

/** Values of the release by which the operator learns what its reloaders may use. */
const release = z.object({
  inputs: z.object({
    values: z.object({
      prometheusOperator: z.object({ prometheusConfigReloader: z.object({ resources: z.unknown() }) }),
    }),
  }),
});

test("configuration reloaders use what the platform's release says", () => {
  const file = join(
    __dirname,
    "../../test/golden/plan/prod/kubernetes.helm.sh.v3.Release.aws-platform-metrics-release.json",
  );
  const { inputs } = release.parse(JSON.parse(readFileSync(file, "utf8")));
  expect(inputs.values.prometheusOperator.prometheusConfigReloader.resources).toEqual(reloaderResources);
});
