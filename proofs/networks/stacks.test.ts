import { modelOf } from "../../model/expand";
import { Model, type ModelObject } from "../../model/model";
import { Plan } from "../../model/plan";
import { reviewedFolder } from "../../model/reviewed";
import type { Evidence } from "../proof";
import { networks } from ".";

// A whole stack takes seconds on a busy machine.
jest.setTimeout(120_000);

function evidenceOf(stack: string): Evidence {
  const plan = Plan.read(stack, reviewedFolder(stack));
  return { model: modelOf(plan), plan };
}

test.each(["dev", "staging", "prod"])("every call that %s needs is possible, and no other", (stack) => {
  const { checks, faults } = networks.check(evidenceOf(stack));
  expect(checks).toBeGreaterThan(1000);
  expect(faults).toEqual([]);
});

test("what a stack has on another's cluster is judged by the owner's policies too", () => {
  const staging = evidenceOf("staging");
  const without = staging.model.objects.filter(
    ({ kind, cluster, name }) => !(kind === "NetworkPolicy" && cluster === "linode" && name === "analytics"),
  );
  const { faults } = networks.check({ ...staging, model: new Model("staging", without) });
  // Nothing of the stack's own isolates these pods any more: the default of their namespace is production's.
  expect(faults.map(({ object }) => object)).toContain("linode: Deployment staging/analytics");
});

describe("of production", () => {
  const prod = evidenceOf("prod");

  function faultsWith(change: (object: ModelObject) => readonly ModelObject[]): readonly string[] {
    const objects = prod.model.objects.flatMap(change);
    const { faults } = networks.check({ ...prod, model: new Model("prod", objects) });
    return faults.map(({ object, rule }) => `${object}: ${rule}`);
  }

  test.each([
    ["NetworkPolicy", "argocd-server"],
    ["NetworkPolicy", "argocd-redis-ha-haproxy"],
    ["NetworkPolicy", "cert-manager-startupapicheck"],
    ["NetworkPolicy", "otel-collector"],
    ["NetworkPolicy", "featurestore"],
    ["NetworkPolicy", "market-data-redis"],
    ["NetworkPolicy", "allow-dns"],
    ["NetworkPolicy", "allow-probes"],
  ])("a %s %s that is gone is noticed", (kind, name) => {
    const gone = faultsWith((object) => (object.kind === kind && object.name === name ? [] : [object]));
    expect(gone.length).toBeGreaterThan(0);
  });

  test("so is an AuthorizationPolicy that admits nobody", () => {
    const faults = faultsWith((object) => {
      const { manifest, kind, name } = object;
      const isIt = kind === "AuthorizationPolicy" && name === "otel-collector" && manifest !== undefined;
      return isIt ? [{ ...object, manifest: { ...manifest, spec: { action: "ALLOW" } } }] : [object];
    });
    expect(faults).toContainEqual(expect.stringContaining("AuthorizationPolicy otel-collector"));
  });

  test("so is a pod whose label changed", () => {
    const faults = faultsWith((object) =>
      object.kind === "Deployment" && object.name === "argocd-redis-ha-haproxy" && object.pod
        ? [{ ...object, pod: { ...object.pod, labels: { ...object.pod.labels, release: "other" } } }]
        : [object],
    );
    expect(faults.length).toBeGreaterThan(0);
  });

  test("so is a namespace that leaves the mesh", () => {
    const faults = faultsWith((object) =>
      object.kind === "Namespace" && object.name === "ingress" ? [{ ...object, labels: {} }] : [object],
    );
    expect(faults).toContainEqual(expect.stringContaining("PeerAuthentication wants a certificate"));
  });
});
