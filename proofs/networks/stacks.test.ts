import { modelOf } from "../../model/expand";
import { Model, type ModelObject } from "../../model/model";
import { readPlan } from "../../model/read-plan";
import type { Evidence } from "../proof";
import { networks } from ".";

// A whole stack takes seconds on a busy machine.
jest.setTimeout(120_000);

function evidenceOf(stack: string): Evidence {
  const plan = readPlan(stack);
  return { model: modelOf(plan), plan };
}

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

  function faultsWith(change: (object: ModelObject) => ModelObject | undefined): readonly string[] {
    const objects = prod.model.objects.flatMap((object) => change(object) ?? []);
    const { faults } = networks.check({ ...prod, model: new Model("prod", objects) });
    return faults.map(({ object, rule }) => `${object}: ${rule}`);
  }

  test("NetworkPolicies that are gone are noticed, each at the calls that it allowed", () => {
    const allowed = {
      "argocd-server": "Deployment argocd/argocd-server calls the API server",
      "argocd-redis-ha-haproxy": "reads metrics by ServiceMonitor argocd/argocd-redis-ha-haproxy",
      "cert-manager-startupapicheck": "Job cert-manager/cert-manager-startupapicheck calls the API server",
      "otel-collector": "Deployment atlas-monitoring/otel-collector calls the API server",
      featurestore: "Deployment atlas-ai-production/featurestore calls the API server",
      "market-data-redis": "reads metrics by PodMonitor atlas-ai-production/market-data-redis",
      "allow-dns": "Deployment ai-middleware/ai-middleware looks names up",
      "allow-probes": "probes it, which is Deployment ai-middleware/ai-middleware",
    };
    const gone = new Set(Object.keys(allowed));
    const faults = faultsWith((object) =>
      object.kind === "NetworkPolicy" && gone.has(object.name) ? undefined : object,
    );
    const unnoticed = Object.entries(allowed).filter(
      ([, call]) => !faults.some((fault) => fault.includes(call)),
    );
    expect(unnoticed).toEqual([]);
  });

  test("pods that Prometheus may call and no monitor names are noticed", () => {
    const faults = faultsWith((object) =>
      object.kind === "PodMonitor" &&
      object.cluster === "aws" &&
      object.name.startsWith("vertical-pod-autoscaler-")
        ? undefined
        : object,
    );
    expect(faults).toContainEqual(
      expect.stringMatching(/prometheus\S* can call .*vertical-pod-autoscaler\S* port \d+, and nothing/),
    );
  });

  test("so are an AuthorizationPolicy that admits nobody, a pod whose label changed, a namespace that leaves the mesh", () => {
    const faults = faultsWith((object) => {
      const { kind, name, manifest, pod } = object;
      if (kind === "AuthorizationPolicy" && name === "otel-collector" && manifest !== undefined) {
        return { ...object, manifest: { ...manifest, spec: { action: "ALLOW" } } };
      }
      if (kind === "Deployment" && name === "argocd-redis-ha-haproxy" && pod) {
        return { ...object, pod: { ...pod, labels: { ...pod.labels, release: "other" } } };
      }
      return kind === "Namespace" && name === "ingress" ? { ...object, labels: {} } : object;
    });
    expect(faults).toContainEqual(expect.stringContaining("AuthorizationPolicy otel-collector"));
    expect(faults).toContainEqual(
      expect.stringContaining("argocd-redis-ha-haproxy finds and checks the master"),
    );
    expect(faults).toContainEqual(expect.stringContaining("PeerAuthentication wants a certificate"));
  });
});
