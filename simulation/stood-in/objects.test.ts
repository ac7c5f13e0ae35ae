import { clusterName } from "../../model/expand";
import type { ObjectFacts } from "../../model/facts/object";
import { stoodInLabel } from "../../sandbox/stood-in";
import { lockedFactsOf } from "./locked";
import { standInsFor, stoodInDigest } from "./objects";

const container = { name: "main", image: "example.com/main:1" };

function pod(name: string, more: Partial<ObjectFacts> = {}): ObjectFacts {
  return {
    kind: "Pod",
    name,
    namespace: "shop",
    owner: "Cluster/orders",
    labels: { cluster: "orders", instance: name },
    pod: {
      labels: { cluster: "orders", instance: name },
      volumes: [`claim ${name}`],
      containers: [container],
    },
    ...more,
  };
}

const claim = (name: string): ObjectFacts => ({
  kind: "PersistentVolumeClaim",
  name,
  namespace: "shop",
  owner: "Cluster/orders",
  class: "fast-ssd",
  size: "10Gi",
  modes: ["ReadWriteOnce"],
});

test("pods that an operator makes one by one stay pods, with their own labels and claims", () => {
  const after = "PersistentVolumeClaim/orders-2";
  const standIns = standInsFor(
    [pod("orders-1"), pod("orders-2", { after }), claim("orders-1"), claim("orders-2")],
    "operator",
  );
  const claims = "/api/v1/namespaces/shop/persistentvolumeclaims";
  expect(standIns.map(({ path, manifest, after: waits }) => [path, manifest.metadata.name, waits])).toEqual([
    ["/api/v1/namespaces/shop/pods", "orders-1", undefined],
    ["/api/v1/namespaces/shop/pods", "orders-2", `${claims}/orders-2`],
    [claims, "orders-1", undefined],
    [claims, "orders-2", undefined],
  ]);
  expect(standIns[0]?.manifest).toMatchObject({
    kind: "Pod",
    metadata: {
      name: "orders-1",
      labels: { cluster: "orders", instance: "orders-1", [stoodInLabel]: "operator" },
    },
    spec: { volumes: [{ persistentVolumeClaim: { claimName: "orders-1" } }] },
  });
  expect(standIns[2]?.manifest).toMatchObject({
    spec: { storageClassName: "fast-ssd", resources: { requests: { storage: "10Gi" } } },
  });
});

test("claims of StatefulSets stay as they were made: a change would race with the scheduler, which has just chosen their zone", () => {
  const set: ObjectFacts = {
    kind: "StatefulSet",
    name: "cache",
    namespace: "shop",
    pod: { labels: { app: "cache" }, containers: [container] },
    claims: [{ name: "data", size: "1Gi", modes: ["ReadWriteOnce"] }],
  };
  const spec = standInsFor([set], "operator")[0]?.manifest.spec;
  expect(spec).toHaveProperty("volumeClaimTemplates");
  expect(spec).not.toHaveProperty("persistentVolumeClaimRetentionPolicy");
});

test("hooks, roles, sets without pods and what facts do not say enough of are not made", () => {
  const job: ObjectFacts = {
    kind: "Job",
    name: "check",
    namespace: "shop",
    pod: { containers: [container] },
  };
  const facts: readonly ObjectFacts[] = [
    { ...job, kind: "Deployment", hook: "post-install" },
    { ...job, kind: "StatefulSet", replicas: 0 },
    job,
    { kind: "Role", name: "reader", namespace: "shop" },
    { kind: "Service", name: "web", namespace: "shop", ports: [{ port: 80 }] },
    { kind: "ServiceAccount", name: "reader", namespace: "shop" },
  ];
  expect(standInsFor(facts, "shop.web").map(({ manifest }) => manifest.kind)).toEqual(["ServiceAccount"]);
});

test("Services that the cloud gives an address stand in, and the classes of their Ingresses", () => {
  const service: ObjectFacts = { kind: "Service", name: "gate", namespace: "shop", type: "LoadBalancer" };
  const standIns = standInsFor([service, { kind: "IngressClass", name: "nginx" }], "shop.gate");
  expect(standIns.map(({ path, manifest: { metadata, spec } }) => [path, metadata.name, spec])).toEqual([
    ["/api/v1/namespaces/shop/services", "gate", { type: "LoadBalancer" }],
    ["/apis/networking.k8s.io/v1/ingressclasses", "nginx", { controller: "example.com/stand-in" }],
  ]);
});

test("another wish has another digest, and belongs to the same owner", () => {
  const owner = { apiVersion: "example.com/v1", kind: "Cluster", name: "orders", uid: "u" };
  const digests = [pod("orders-1"), pod("orders-1", { pod: { containers: [] } })].flatMap((facts) =>
    standInsFor([facts], "operator", owner).map(({ manifest }) => {
      expect(manifest.metadata.ownerReferences).toEqual([owner]);
      return manifest.metadata.annotations?.[stoodInDigest];
    }),
  );
  expect(new Set(digests).size).toBe(2);
});

test("a release's facts are those of its stack and cluster, and of the operators that act on what it makes", () => {
  const urn = (provider: string) => `urn:pulumi:prod::ai-platform::pulumi:providers:kubernetes::${provider}`;
  const monitoring = { name: "kube-prometheus-stack", namespace: "monitoring" };
  const names = (provider: string) => lockedFactsOf(urn(provider))(monitoring).map(({ name }) => name);
  expect(clusterName("linode-kubernetes")).toBe("linode");
  expect(names("linode-kubernetes")).toContain("prometheus-kube-prometheus-stack-prometheus");
  expect(names("aws-kubernetes")).toEqual([]);
});
