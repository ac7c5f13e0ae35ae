import { z } from "zod";
import { clusterWith, customResource } from "../../test/support/operators/cluster";
import { modelOf } from "../expand";
import { objectFacts } from "../facts/object";
import { groupKind } from "../manifest";
import type { ModelObject } from "../model";
import { readPlan } from "../read-plan";
import { deletes, makesNothing, operators, passing } from ".";
import { reloaderResources } from "./prometheus/common";

/** Groups of Kubernetes itself; Ingresses are among what operators act on all the same. */
const ownGroups =
  /^(apps|batch|autoscaling|policy|(networking|storage|scheduling|rbac\.authorization)\.k8s\.io)\/|^[^/]+$/;

const plans = ["dev", "staging", "prod"].map((stack) => {
  const plan = readPlan(stack);
  return { stack, plan, model: modelOf(plan) };
});

function addressOf({ cluster, kind, namespace, name }: ModelObject): string {
  return `${cluster} ${kind} ${namespace}/${name}`;
}

describe.each(plans)("of stack $stack", ({ model }) => {
  const planned = model.objects.flatMap(({ manifest, cluster }) =>
    manifest ? [{ cluster, kind: groupKind(manifest), resource: customResource.parse(manifest) }] : [],
  );
  const made = model.objects.filter(({ origin }) => origin.by === "operator");

  test("every kind of custom resource has an operator or is known to make nothing", () => {
    const kinds = new Set(planned.map(({ kind }) => kind).filter((kind) => !ownGroups.test(kind)));
    expect(kinds.size).toBeGreaterThan(20);
    expect([...kinds].filter((kind) => !operators.has(kind) && !makesNothing.has(kind))).toEqual([]);
  });

  test("what operators make has the form of facts, an owner, and is made once", () => {
    const owners = new Set(model.objects.map(({ cluster, kind, name }) => `${cluster} ${kind}/${name}`));
    const addresses = made.map(addressOf);
    const errors = made.flatMap(({ cluster: _, system: __, origin: ___, ...facts }) => {
      const { error } = objectFacts.safeParse(facts);
      return error ? [`${facts.name}: ${error.message}`] : [];
    });
    expect(errors).toEqual([]);
    expect(made.filter(({ cluster, owner }) => !owners.has(`${cluster} ${owner}`))).toEqual([]);
    expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
  });

  test("issuers of the whole cluster say whose authority a certificate is of", () => {
    const keys = made.find(({ kind, name }) => kind === "Secret" && name === "elasticsearch-tls")?.keys;
    expect(keys).toEqual(["tls.crt", "tls.key", "ca.crt"]);
  });

  test("what passes is not among what stands", () => {
    const standing = new Set(made.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`));
    const passed = planned.flatMap(({ cluster, kind, resource }) => {
      const own = planned.filter((one) => one.cluster === cluster).map((one) => one.resource);
      return passing.get(kind)?.(resource, clusterWith(own)) ?? [];
    });
    expect(passed.filter(({ kind }) => kind === "Job").length).toBeGreaterThan(0);
    expect(
      passed.filter(({ kind, namespace, name }) => standing.has(`${kind} ${namespace}/${name}`)),
    ).toEqual([]);
  });

  test("redis-operator deletes budgets that its resources do not ask for", () => {
    const deleted = planned
      .filter(({ kind }) => kind.startsWith("redis."))
      .flatMap(({ resource }) => deletes(resource));
    expect(new Set(deleted.map(({ kind, name }) => `${kind}/${name}`))).toEqual(
      new Set(
        ["redis-replication", "redis-sentinel", "redis-leader", "redis-follower", "market-data-redis-leader"]
          .concat("market-data-redis-follower")
          .map((name) => `PodDisruptionBudget/${name}`),
      ),
    );
  });
});

test("no kind both makes something and nothing", () => {
  expect([...operators.keys()].filter((kind) => makesNothing.has(kind))).toEqual([]);
});

const release = z.object({
  values: z.object({
    prometheusOperator: z.object({ prometheusConfigReloader: z.object({ resources: z.unknown() }) }),
  }),
});

test("configuration reloaders use what the platform's release says", () => {
  const told = plans.flatMap(({ plan }) =>
    plan.resources.flatMap(({ inputs }) => {
      const { data } = release.safeParse(inputs);
      return data ? [data.values.prometheusOperator.prometheusConfigReloader.resources] : [];
    }),
  );
  expect(told.length).toBeGreaterThan(0);
  expect(told).toEqual(told.map(() => reloaderResources));
});
