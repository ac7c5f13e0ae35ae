import type { Pool } from "../../infra/cluster/cluster";
import { existingSecret } from "../../infra/secrets/existing-secret";
import { clouds } from "../../test/support/recorded/objects";
import { only, record } from "../../test/support/recorded/site";
import { api, build } from "../../test/support/recorded/workload";
import { fromSecret } from "./container";
import type { Mount } from "./mounts";
import { Service } from "./service";

test("other environments ask for less than production, and may use as much", async () => {
  const { objects } = await build({}, { environment: "development" });
  expect(only(objects, "Deployment", "spec.template.spec.containers.0.resources")).toMatchObject({
    requests: { cpu: "50m", memory: "256Mi" },
    limits: { cpu: "2", memory: "4Gi" },
  });
  expect(only(objects, "HorizontalPodAutoscaler", "spec")).toMatchObject({ minReplicas: 1, maxReplicas: 2 });
});

test("scratch is promised and allowed on the node's disk beside logs, and memory is not", async () => {
  const { objects } = await build({
    mounts: [
      { kind: "scratch", path: "/workspace", size: "30Gi" },
      { kind: "memory", path: "/dev/shm", size: "1Gi" },
    ],
  });
  expect(only(objects, "Deployment", "spec.template.spec.containers.0.resources")).toMatchObject({
    // With the 256Mi of /tmp that every container has.
    requests: { "ephemeral-storage": "31104Mi" },
    limits: { "ephemeral-storage": "32000Mi" },
  });
});

test("resources that hold elsewhere too say nothing of how many pods there are", async () => {
  const { objects } = await build({ sizedFor: ["staging"] }, { environment: "staging" });
  expect(only(objects, "Deployment", "spec.template.spec.containers.0.resources.requests")).toMatchObject({
    cpu: "1",
    memory: "2Gi",
  });
  expect(only(objects, "HorizontalPodAutoscaler", "spec")).toMatchObject({ minReplicas: 2, maxReplicas: 4 });
});

test("the stack's own sizes win", async () => {
  const sizes = { api: { minimum: 5, maximum: 30, requests: { cpu: "3" }, limits: { cpu: "4" } } };
  const { objects } = await build({}, { sizes });
  expect(only(objects, "HorizontalPodAutoscaler", "spec")).toMatchObject({ minReplicas: 5, maxReplicas: 30 });
  expect(only(objects, "Deployment", "spec.template.spec.containers.0.resources")).toMatchObject({
    requests: { cpu: "3", memory: "2Gi" },
    limits: { cpu: "4", memory: "4Gi" },
  });
});

describe("a workload that could never run is refused, with everything that is wrong with it:", () => {
  const gpu: Pool = {
    name: "gpu",
    labels: { accelerator: "nvidia-gpu" },
    taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
    allocatable: { cpuMillis: 7910, memoryMib: 28_000 },
    gpu: { model: "A10G", count: 1 },
    spot: false,
    minimum: 1,
    maximum: 1,
    zones: ["a"],
  };

  test("requests over limits, and a minimum over the maximum", async () => {
    const sizes = { api: { minimum: 9, maximum: 4, requests: { cpu: "3" } } };
    const refused = build({}, { sizes });
    await expect(refused).rejects.toThrow("The workload api in apps cannot run:");
    await expect(refused).rejects.toThrow("it requests 3 CPU, and its limit is 2");
    await expect(refused).rejects.toThrow("its autoscaler's minimum of 9 is over its maximum of 4");
  });

  test("cards that no pool has", async () => {
    await expect(build({ gpus: 1 })).rejects.toThrow(
      "its pods fit on no node of the cluster aws: the pool general comes closest, and there a node has 0 GPUs of the 1 that a pod asks for",
    );
    await expect(build({ gpus: 1, replicas: 1 }, { pools: [gpu] })).resolves.toBeDefined();
    await expect(build({ gpus: 1, replicas: 2 }, { pools: [gpu] })).rejects.toThrow(
      "its 2 pods with GPUs need 2 nodes, and the pool has at most 1",
    );
  });

  test("more memory than the largest node has", async () => {
    const resources = { requests: { cpu: "1", memory: "40Gi" }, limits: { cpu: "2", memory: "40Gi" } };
    await expect(build({ resources }, { pools: [gpu] })).rejects.toThrow(
      /the pool gpu comes closest, and there the pods do not tolerate the taint nvidia.com\/gpu=present; a node has 28000Mi of the 40960Mi memory/,
    );
  });
});

test("a variable from a key that the stack may do without is one that the pod may do without", async () => {
  const { objects } = await record((site) => {
    const secret = site.secrets.provide("marketresearch", "marketresearch-secrets");
    return new Service(
      "api",
      api(site, { environment: { OPENAI_API_KEY: fromSecret(secret, "openai-api-key") } }),
    );
  });
  expect(only(objects, "Deployment", "spec.template.spec.containers.0.env")).toContainEqual({
    name: "OPENAI_API_KEY",
    valueFrom: { secretKeyRef: { name: "marketresearch-secrets", key: "openai-api-key", optional: true } },
  });
});

test.each([
  ["lke", "internet-facing", "LoadBalancer"],
  ["lke", "internal", "ClusterIP"],
  ["local", "internet-facing", "NodePort"],
  ["local", "internal", "ClusterIP"],
  ["eks", "internal", "LoadBalancer"],
] as const)("on %s a load balancer that is %s is a %s", async (kind, scheme, type) => {
  const { objects, site } = await build(
    { service: { ports: { http: 80 }, loadBalancer: { scheme } } },
    { cloud: clouds[kind] },
  );
  expect(only(objects, "Service", "spec.type")).toBe(type);
  expect(only(objects, "Service", "spec.loadBalancerClass")).toBe(
    kind === "eks" ? "service.k8s.aws/nlb" : undefined,
  );
  const open = site.network.edges.some(({ from }) => from.kind === "internet");
  expect(open).toBe(type !== "ClusterIP");
});

test("on LKE what is to have a host of its own stays inside: its load balancer has no certificate", async () => {
  const { objects, site } = await build(
    {
      service: { ports: { http: 80 }, loadBalancer: { scheme: "internet-facing", host: "stream.shop.com" } },
    },
    { cloud: clouds.lke },
  );
  expect(only(objects, "Service", "spec.type")).toBe("ClusterIP");
  expect(site.network.edges.filter(({ from }) => from.kind === "internet")).toEqual([]);
});

test("a Secret that something else makes is mounted by those keys that are named, and by no others", async () => {
  const secret = existingSecret({ namespace: "apps", name: "store-tls", keys: ["ca.crt"] });
  const mount = (key: string): Mount => ({
    kind: "secret",
    path: "/etc/store",
    secret,
    items: { "authority.pem": key },
  });
  const { objects } = await build({ mounts: [mount("ca.crt")] });
  expect(only(objects, "Deployment", "spec.template.spec.volumes")).toContainEqual({
    name: "etc-store",
    secret: {
      secretName: "store-tls",
      defaultMode: 0o440,
      items: [{ key: "ca.crt", path: "authority.pem" }],
    },
  });
  await expect(build({ mounts: [mount("tls.key")] })).rejects.toThrow(
    "the Secret store-tls in apps has no key tls.key; it has ca.crt",
  );
});

test("replicas to begin with are an autoscaler's to change, and fewer outside production", async () => {
  const replicas = { minimum: 2, maximum: 10, initial: 3 };
  const initial = async (environment: "production" | "staging") =>
    only((await build({ replicas }, { environment })).objects, "Deployment", "spec.replicas");
  expect(await initial("production")).toBe(3);
  expect(await initial("staging")).toBe(2);
});

test("callers stay in their zone where there are several, and there is nothing to prefer where there is one (001)", async () => {
  const service = { service: { ports: { http: 80 } } };
  const zones = ["a", "b", "c"];
  const { objects } = await build(service, { zones });
  expect(only(objects, "Service", "spec.trafficDistribution")).toBe("PreferClose");
  const alone = await build(service, { zones: [] });
  expect(only(alone.objects, "Service", "spec.trafficDistribution")).toBeUndefined();
});
