import { clusterName } from "../../model/expand";
import type { ObjectFacts } from "../../model/facts/object";
import { lockedFactsOf } from "../providers/kubernetes/release/locked-facts";
import { standInsFor, stoodInDigest, stoodInLabel } from "./objects";

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

test("pods that an operator makes one by one become a StatefulSet with their claims, and labels that they share", () => {
  const standIns = standInsFor(
    [pod("orders-1"), pod("orders-2"), claim("orders-1"), claim("orders-2")],
    "operator",
  );
  expect(standIns).toHaveLength(1);
  const [{ path, manifest } = { path: "", manifest: undefined }] = standIns;
  expect(path).toBe("/apis/apps/v1/namespaces/shop/statefulsets");
  expect(manifest).toMatchObject({
    kind: "StatefulSet",
    metadata: { name: "orders", labels: { cluster: "orders", [stoodInLabel]: "operator" } },
    spec: {
      replicas: 2,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete" },
      template: { metadata: { labels: { cluster: "orders", [stoodInLabel]: "operator" } } },
      volumeClaimTemplates: [{ spec: { storageClassName: "fast-ssd" } }],
    },
  });
  expect(JSON.stringify(manifest)).not.toContain("orders-1");
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
    { kind: "ServiceAccount", name: "reader", namespace: "shop" },
  ];
  expect(standInsFor(facts, "shop.web").map(({ manifest }) => manifest.kind)).toEqual(["ServiceAccount"]);
});

test("another wish has another digest, and belongs to the same owner", () => {
  const owner = { apiVersion: "example.com/v1", kind: "Cluster", name: "orders", uid: "u" };
  const [one] = standInsFor([pod("orders-1")], "operator", owner);
  const [two] = standInsFor([pod("orders-1"), pod("orders-2")], "operator", owner);
  const digests = [one, two].map((standIn) => standIn?.manifest.metadata.annotations?.[stoodInDigest]);
  expect(new Set(digests).size).toBe(2);
  expect(two?.manifest.metadata.ownerReferences).toEqual([owner]);
});

test("a release's facts are those of its stack and cluster, and of the operators that act on what it makes", () => {
  const urn = (provider: string) => `urn:pulumi:prod::ai-platform::pulumi:providers:kubernetes::${provider}`;
  const monitoring = { name: "kube-prometheus-stack", namespace: "monitoring" };
  const names = (provider: string) => lockedFactsOf(urn(provider))(monitoring).map(({ name }) => name);
  expect(clusterName("linode-kubernetes")).toBe("linode");
  expect(names("linode-kubernetes")).toContain("prometheus-kube-prometheus-stack-prometheus");
  expect(names("aws-kubernetes")).toEqual([]);
});
