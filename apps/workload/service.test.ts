import { internet, pods } from "../../infra/network/edge";
import { placeSystems } from "../../infra/systems/system";
import { clouds } from "../../test/support/recorded/objects";
import { only, type SiteChanges } from "../../test/support/recorded/site";
import { build, type Changes } from "../../test/support/recorded/workload";
import { systems as registry } from "../registry";
import { spreadConstraints } from "./spread";

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

test("where nothing measures what pods use, no autoscaler is made, and the Deployment keeps its minimum", async () => {
  const { objects } = await build({}, { settings: { without: ["autoscaling"] } });
  expect(objects.filter(({ kind }) => kind === "HorizontalPodAutoscaler")).toEqual([]);
  expect(only(objects, "Deployment", "spec.replicas")).toBe(3);
});

test("where nothing reads what pods say of themselves, no autoscaler goes by it", async () => {
  const podMetrics = [{ metric: "inference_requests_per_second" as const, averageValue: "50" }];
  const replicas = { minimum: 1, maximum: 2, cpu: 70, podMetrics };
  const { objects } = await build({ replicas }, { settings: { without: ["metrics"] } });
  expect(only(objects, "HorizontalPodAutoscaler", "spec.metrics")).toEqual([
    { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
  ]);
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

describe("an up waits for nothing that people bring:", () => {
  const skipped = { "pulumi.com/skipAwait": "true" };
  const annotations = "metadata.annotations";
  const own = "registry.atlas-financial.com/atlas/api:v1";

  test("neither for pods, nor for a Service, which is not ready before they are", async () => {
    const { objects } = await build({ waitsFor: "the model a-v1.0.0" });
    expect(only(objects, "Deployment", annotations)).toMatchObject(skipped);
    expect(only(objects, "Service", annotations)).toMatchObject(skipped);
    const usual = await build();
    expect(only(usual.objects, "Deployment", annotations)).toBeUndefined();
    expect(only(usual.objects, "Service", annotations)).toBeUndefined();
  });

  test("images of the stack's own registry, while that is not filled", async () => {
    const systems = placeSystems(registry, {
      atlas: { cluster: "aws", images: { registry: own, tag: "v1", of: {} } },
    });
    const awaited = async (image: string, settings: SiteChanges["settings"]) =>
      only((await build({ image }, { systems, settings })).objects, "Deployment", annotations);
    expect(await awaited(own, { registryFilled: false })).toEqual({
      ...skipped,
      "ai-platform/waits-for": `the image ${own}, which docs/registry.md tells how to push`,
    });
    expect(await awaited(own, {})).toBeUndefined();
    expect(await awaited("ghcr.io/atlas/api:v1", { registryFilled: false })).toBeUndefined();
    expect(await awaited(own, { registryFilled: false, without: ["registry"] })).toBeUndefined();
  });
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
