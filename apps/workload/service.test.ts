import type { Pool } from "../../infra/cluster/cluster";
import type { Site } from "../../infra/kit/site";
import { internet, pods } from "../../infra/network/edge";
import { existingSecret } from "../../infra/secrets/existing-secret";
import { clouds } from "../../test/support/recorded/objects";
import { only, record, type SiteChanges } from "../../test/support/recorded/site";
import { fromSecret, type Mount } from "./container";
import { Service, type ServiceArgs } from "./service";
import { spreadConstraints } from "./spread";

type Changes = Partial<Omit<ServiceArgs, "site">>;

function build(changes: Changes = {}, site: SiteChanges = {}) {
  return record((where) => new Service("api", api(where, changes)), site);
}

function api(site: Site, changes: Changes): ServiceArgs {
  return {
    site,
    namespace: "apps",
    workload: "api",
    image: "registry.example.com/api:v1",
    priority: "serving",
    replicas: { minimum: 3, maximum: 20, cpu: 70, memory: 80 },
    ports: { http: 8084, metrics: 9090 },
    resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
    probes: {
      liveness: { path: "/health", port: "http", initialDelaySeconds: 30 },
      readiness: { path: "/ready", port: "http" },
    },
    service: { name: "api-service", ports: { http: 80, metrics: 9090 } },
    metrics: { port: "metrics" },
    ...changes,
  };
}

test("pods are nobody's root, cannot write to their image, and get no token (K1, K4)", async () => {
  const { objects } = await build();
  const pod = "spec.template.spec";
  expect(only(objects, "Deployment", pod)).toMatchObject({
    serviceAccountName: "api",
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1001, seccompProfile: { type: "RuntimeDefault" } },
  });
  expect(only(objects, "Deployment", `${pod}.containers.0.securityContext`)).toMatchObject({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  expect(only(objects, "Deployment", `${pod}.volumes`)).toContainEqual({
    name: "tmp",
    emptyDir: { sizeLimit: "256Mi" },
  });
});

test("only pods with a role reach the API server", async () => {
  const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }];
  const edgesOf = async (changes: Changes) => {
    const { site } = await build(changes);
    return site.network.edges.filter(({ to }) => to.kind === "api-server");
  };
  expect(await edgesOf({ account: { account: "api", role: "api", rules } })).toHaveLength(1);
  expect(await edgesOf({})).toEqual([]);
});

test("every service is told where to send its spans and let out there, but for software that does not listen (001)", async () => {
  const variable = expect.objectContaining({ name: "OTEL_EXPORTER_OTLP_ENDPOINT" });
  const env = "spec.template.spec.containers.0.env";
  const toCollector = ({ to }: { readonly to: object }) => "name" in to && to.name === "otel-collector";
  const traced = await build();
  expect(only(traced.objects, "Deployment", env)).toContainEqual(variable);
  expect(traced.site.network.edges.filter(toCollector)).toMatchObject([{ ports: [4317, 4318] }]);
  const without = await build({ traced: false, environment: { A: "b" } });
  expect(only(without.objects, "Deployment", env)).toEqual([{ name: "A", value: "b" }]);
  expect(without.site.network.edges.filter(toCollector)).toEqual([]);
});

test("on a local cluster of one node, a new pod finds room beside the one that it is to replace (C1)", async () => {
  const apart = "spec.template.spec.affinity";
  const cloud = await build({ spread: "one-per-node" });
  expect(only(cloud.objects, "Deployment", apart)).toHaveProperty("podAntiAffinity");
  const local = await build({ spread: "one-per-node" }, { cloud: clouds.local, environment: "development" });
  expect(only(local.objects, "Deployment", "spec.template.spec")).not.toHaveProperty("affinity");
});

describe("a loss at once is never a loss of all:", () => {
  test("pods are in as many zones as have nodes for them, those of a rollout by themselves (R3)", async () => {
    const { objects } = await build();
    expect(only(objects, "Deployment", "spec.template.spec.topologySpreadConstraints")).toEqual([
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels: { app: "api" } },
        matchLabelKeys: ["pod-template-hash"],
        nodeTaintsPolicy: "Honor",
      },
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { app: "api" } },
      },
    ]);
  });

  test("nodes without a zone's name, on a cloud without zones, are not refused", () => {
    for (const zones of [[], ["fr-par"]]) {
      const constraints = spreadConstraints({}, { app: "api" }, zones);
      expect(constraints.map(({ whenUnsatisfiable }) => whenUnsatisfiable)).toEqual([
        "ScheduleAnyway",
        "ScheduleAnyway",
      ]);
    }
  });
});

test("a rollout drops no request: none less than wanted, and a pod that goes serves on for a while (R3)", async () => {
  const { objects } = await build();
  expect(only(objects, "Deployment", "spec")).toMatchObject({
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      spec: {
        containers: [{ lifecycle: { preStop: { sleep: { seconds: 10 } } } }],
        terminationGracePeriodSeconds: 60,
      },
    },
  });
});

test("a slow start is no reason for a restart", async () => {
  const { objects } = await build();
  expect(only(objects, "Deployment", "spec.template.spec.containers.0.startupProbe")).toMatchObject({
    httpGet: { path: "/health", port: "http" },
    periodSeconds: 10,
    failureThreshold: 30,
  });
});

test("where an autoscaler decides, the Deployment begins with its minimum (A7)", async () => {
  const { objects } = await build();
  expect(only(objects, "Deployment", "spec.replicas")).toBe(3);
  expect(only(objects, "HorizontalPodAutoscaler", "spec")).toMatchObject({
    scaleTargetRef: { kind: "Deployment", name: "api" },
    minReplicas: 3,
    maxReplicas: 20,
    behavior: {
      scaleUp: {
        policies: [
          { type: "Percent", value: 50 },
          { type: "Pods", value: 2 },
        ],
      },
      scaleDown: {
        policies: [
          { type: "Percent", value: 10 },
          { type: "Pods", value: 1 },
        ],
      },
    },
  });
});

test("metrics of the pods themselves are asked for by their name", async () => {
  const podMetrics = [{ metric: "inference_requests_per_second" as const, averageValue: "50" }];
  const { objects } = await build({ replicas: { minimum: 1, maximum: 2, podMetrics } });
  expect(only(objects, "HorizontalPodAutoscaler", "spec.metrics")).toEqual([
    {
      type: "Pods",
      pods: {
        metric: { name: "inference_requests_per_second" },
        target: { type: "AverageValue", averageValue: "50" },
      },
    },
  ]);
});

test("a budget leaves room to drain, whatever minimum it was given (K3)", async () => {
  const budget = async (changes: Changes) =>
    only((await build(changes)).objects, "PodDisruptionBudget", "spec");
  expect(await budget({ minimumAvailable: 2 })).toMatchObject({ minAvailable: 2 });
  expect(await budget({ minimumAvailable: 3 })).toMatchObject({ maxUnavailable: 1 });
  expect(await budget({})).toMatchObject({
    maxUnavailable: 1,
    selector: { matchLabels: { app: "api" } },
    unhealthyPodEvictionPolicy: "AlwaysAllow",
  });
  const single = await build({ replicas: 1 });
  expect(single.objects.map(({ kind }) => kind)).not.toContain("PodDisruptionBudget");
});

test("whom it calls, and who reads its metrics, becomes the network's edges", async () => {
  const store = pods("data", "store", { app: "store" });
  const { site } = await build({
    calls: [
      { host: "store.data.svc", port: 6379, tls: false, pods: store, podPort: 16379 },
      { party: internet("api.openai.com"), ports: [443] },
    ],
  });
  const self = pods("apps", "api", { app: "api" });
  expect(site.network.edges).toEqual(
    expect.arrayContaining([
      { from: self, to: store, ports: [16379] },
      { from: self, to: internet("api.openai.com"), ports: [443] },
    ]),
  );
  expect(site.network.edges.filter(({ to }) => to === store || to.kind === "internet")).toHaveLength(2);
  expect(site.network.edges.filter(({ ports }) => ports.includes(9090))).toHaveLength(1);
});

test("a changed file of configuration rolls the pods, and nothing else does", async () => {
  const checksum = async (level: string) => {
    const files = { "app.yaml": `level: ${level}` };
    const { objects } = await build({ mounts: [{ kind: "files", path: "/app/config", files }] });
    expect(only(objects, "ConfigMap", "data")).toEqual(files);
    return only(objects, "Deployment", "spec.template.metadata.annotations.ai-platform/configuration");
  };
  const first = await checksum("info");
  expect(await checksum("info")).toBe(first);
  expect(await checksum("debug")).not.toBe(first);
});

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
    await expect(build({ gpus: 1 }, { pools: [gpu] })).resolves.toBeDefined();
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
