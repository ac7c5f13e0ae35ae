import { z } from "zod";
import { type SizesConfig, sizesSchema } from "../../infra/config/sizes";
import { liveCluster, type Objects, plannedObjects } from "../../test/support/delivery/planned-cluster";
import type { Kind } from "../cluster/kinds";
import type { LiveCluster } from "../cluster/live-cluster";
import { walk } from "../row";
import { validationRows } from ".";

const healthy = plannedObjects();

describe("production as it is planned", () => {
  test.each(validationRows.map(({ id, title }) => [id, title]))("passes %s: %s", async (id) => {
    const rows = validationRows.filter((row) => row.id === id);
    const [result] = await walk(rows, liveCluster(healthy), "aws atlas-prod");
    expect(result?.verdict).toEqual({ outcome: "pass" });
  });
});

/** An object changed by hand: properties at a path of keys. */
function changed(kind: Kind, name: string, path: readonly string[], value: unknown): Objects {
  const objects = new Map(healthy).set(kind, structuredClone(healthy.get(kind) ?? []));
  const found = (objects.get(kind) ?? []).find((one) => nameOf(one) === name);
  if (typeof found !== "object" || found === null) throw new Error(`no ${kind} ${name} is planned`);
  put(found, path, value);
  return objects;
}

function without(kind: Kind, name: string): Objects {
  const before = healthy.get(kind) ?? [];
  const after = before.filter((one) => nameOf(one) !== name);
  if (after.length === before.length) throw new Error(`no ${kind} ${name} is planned`);
  return new Map(healthy).set(kind, after);
}

/** Without the pods of that name, whatever each of them is called. */
function withoutPods(namespace: string, name: string): Objects {
  const before = healthy.get("Pod") ?? [];
  const isOne = (pod: unknown) =>
    at(at(pod, "metadata"), "namespace") === namespace &&
    at(at(at(pod, "metadata"), "labels"), "app.kubernetes.io/name") === name;
  if (!before.some(isOne)) throw new Error(`no pod of ${name} is planned`);
  return new Map(healthy).set(
    "Pod",
    before.filter((pod) => !isOne(pod)),
  );
}

function added(kind: Kind, object: unknown): Objects {
  return new Map(healthy).set(kind, [...(healthy.get(kind) ?? []), object]);
}

/** Instances of a database, which its operator keeps itself, and a budget for each of the roles. */
function withInstances(roles: readonly string[], budgets: readonly string[], minAvailable = 1): Objects {
  const metadata = (name: string) => ({ name, namespace: "shop" });
  const ownerReferences = [{ kind: "Cluster", name: "orders", controller: true }];
  const pods = roles.map((role, index) => ({
    metadata: { ...metadata(`orders-${index}`), labels: { role }, ownerReferences },
    spec: { containers: [] },
    status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] },
  }));
  const kept = budgets.map((role) => ({
    metadata: metadata(role),
    spec: { minAvailable: role === "primary" ? 1 : minAvailable, selector: { matchLabels: { role } } },
  }));
  return new Map(healthy)
    .set("Pod", [...(healthy.get("Pod") ?? []), ...pods])
    .set("PodDisruptionBudget", [...(healthy.get("PodDisruptionBudget") ?? []), ...kept]);
}

function nameOf(object: unknown): unknown {
  return at(at(object, "metadata"), "name");
}

function at(object: unknown, key: string): unknown {
  return typeof object === "object" && object !== null ? Reflect.get(object, key) : undefined;
}

function put(object: object, [key = "", ...rest]: readonly string[], value: unknown): void {
  const inner = at(object, key);
  if (rest.length > 0 && typeof inner === "object" && inner !== null) put(inner, rest, value);
  else Reflect.set(object, key, value);
}

const [engine, market] = ["ai-engine", "market-data"];
const container = ["spec", "template", "spec", "containers", "0"];
const metric = (index: number) => ["spec", "metrics", String(index)];

interface Breakage {
  readonly row: string;
  readonly how: string;
  readonly objects: () => Objects;
  /** What the report must name. */
  readonly names: string;
  readonly figure?: number;
}

const breakages: readonly Breakage[] = [
  {
    row: "nodes-ready",
    how: "a node that is lost",
    objects: () =>
      changed("Node", "node-us-east-1a", ["status", "conditions"], [{ type: "Ready", status: "Unknown" }]),
    names: "Node node-us-east-1a",
  },
  {
    row: "workloads-running",
    how: "a Deployment scaled to nothing",
    objects: () => changed("Deployment", "ai-orchestrator", ["spec", "replicas"], 0),
    names: "Deployment atlas-ai-production/ai-orchestrator",
  },
  {
    row: "workloads-running",
    how: "a rollout that hangs",
    objects: () => changed("Deployment", "ai-orchestrator", ["status", "updatedReplicas"], 1),
    names: "Deployment atlas-ai-production/ai-orchestrator",
  },
  {
    row: "workloads-running",
    how: "a node agent that is missing",
    objects: () => changed("DaemonSet", "fluent-bit", ["status", "numberReady"], 2),
    names: "DaemonSet node-agents/fluent-bit",
  },
  {
    row: "pods-settled",
    how: "a pod without its image",
    objects: () =>
      changed(
        "Pod",
        "grafana-0",
        ["status", "containerStatuses"],
        [{ image: "registry.test/grafana:13", state: { waiting: { reason: "ImagePullBackOff" } } }],
      ),
    names: "ImagePullBackOff of registry.test/grafana:13",
  },
  {
    row: "load-balancers",
    how: "a load balancer that the cloud does not give",
    objects: () => changed("Service", "market-data-service", ["status"], {}),
    names: "Service atlas-ai-production/market-data-service",
  },
  {
    row: "hosts-published",
    how: "a host that the ingress has not taken",
    objects: () => changed("Ingress", "ai-services-ingress", ["status"], {}),
    names: "Ingress atlas-ai-production/ai-services-ingress",
  },
  {
    row: "ai-engine-running",
    how: "a replica that is not Ready",
    objects: () => changed("Deployment", engine, ["status", "readyReplicas"], 2),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-running",
    how: "the Deployment deleted",
    objects: () => without("Deployment", engine),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-probes",
    how: "no startup probe",
    objects: () => changed("Deployment", engine, [...container, "startupProbe"], undefined),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-resources",
    how: "other limits",
    objects: () =>
      changed("Deployment", engine, [...container, "resources", "limits"], {
        cpu: "2",
        memory: "2Gi",
      }),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-rollout",
    how: "replicas that an update may take away",
    objects: () => changed("Deployment", engine, ["spec", "strategy", "rollingUpdate", "maxUnavailable"], 1),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-hardened",
    how: "a writable file system",
    objects: () =>
      changed("Deployment", engine, [...container, "securityContext", "readOnlyRootFilesystem"], false),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "market-data-running",
    how: "the Deployment scaled to nothing",
    objects: () => changed("Deployment", market, ["spec", "replicas"], 0),
    names: "Deployment atlas-ai-production/market-data",
  },
  {
    row: "market-data-entrance",
    how: "a load balancer in one zone at a time",
    objects: () => changed("Service", "market-data-service", ["metadata", "annotations"], {}),
    names: "Service atlas-ai-production/market-data-service",
  },
  {
    row: "market-data-sessions",
    how: "an address in clear",
    objects: () =>
      changed(
        "Deployment",
        market,
        [...container, "env"],
        [{ name: "SESSION_STORE_URL", value: "redis://" }],
      ),
    names: "Deployment atlas-ai-production/market-data",
  },
  {
    row: "market-data-rate-limit",
    how: "no limit",
    objects: () => changed("Deployment", market, [...container, "env"], []),
    names: "Deployment atlas-ai-production/market-data",
  },
  {
    row: "redis-cluster-size",
    how: "a leader less",
    objects: () => changed("RedisCluster", "market-data-redis", ["spec", "clusterSize"], 2),
    names: "RedisCluster atlas-ai-production/market-data-redis",
  },
  {
    row: "redis-cluster-members",
    how: "a follower that is down",
    objects: () => changed("StatefulSet", "market-data-redis-follower", ["status", "readyReplicas"], 2),
    names: "StatefulSet atlas-ai-production/market-data-redis-follower",
  },
  {
    row: "redis-cluster-budget",
    how: "the budget deleted",
    objects: () => without("PodDisruptionBudget", "market-data-redis"),
    names: "PodDisruptionBudget atlas-ai-production/market-data-redis",
  },
  {
    row: "redis-cluster-reachable",
    how: "the policy deleted",
    objects: () => without("NetworkPolicy", "market-data-redis"),
    names: "NetworkPolicy atlas-ai-production/market-data-redis",
  },
  ...(
    [
      ["prometheus-running", "atlas-monitoring", "prometheus"],
      ["alertmanager-running", "atlas-monitoring", "alertmanager"],
      ["grafana-running", "atlas-monitoring", "grafana"],
      ["traces-collected", "atlas-monitoring", "opentelemetry-collector"],
      ["traces-kept", "atlas-monitoring", "tempo"],
      ["logs-kept", "atlas-logging", "loki"],
    ] as const
  ).map(([row, namespace, name]) => ({
    row,
    how: "no pod",
    objects: () => withoutPods(namespace, name),
    names: `${name} in ${namespace}`,
  })),
  {
    row: "traces-collected",
    how: "a service that is not told where to send spans",
    objects: () => changed("Deployment", engine, [...container, "env"], []),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "traces-collected",
    how: "a service that is not let out",
    objects: () => changed("NetworkPolicy", engine, ["spec", "egress"], []),
    names: "NetworkPolicies of pods app=ai-engine in atlas-ai-production",
  },
  {
    row: "traces-collected",
    how: "a collector that lets no spans in",
    objects: () => changed("NetworkPolicy", "otel-collector", ["spec", "ingress"], []),
    names: "NetworkPolicies of pods app.kubernetes.io/name=opentelemetry-collector in atlas-monitoring",
  },
  {
    row: "traces-kept",
    how: "a store that lets no traces in",
    objects: () => changed("NetworkPolicy", "tempo", ["spec", "ingress"], []),
    names: "NetworkPolicies of pods app.kubernetes.io/name=tempo in atlas-monitoring",
  },
  {
    row: "services-watched",
    how: "the monitor deleted",
    objects: () => without("ServiceMonitor", engine),
    names: "ServiceMonitor atlas-ai-production/ai-engine",
  },
  {
    row: "tracing-host",
    how: "the host deleted",
    objects: () => without("Ingress", "jaeger"),
    names: "Ingress atlas-monitoring/jaeger",
  },
  {
    row: "ai-engine-scales",
    how: "another threshold",
    objects: () =>
      changed("HorizontalPodAutoscaler", "ai-engine-hpa", [...metric(0), "resource", "target"], {
        averageUtilization: 90,
      }),
    names: "HorizontalPodAutoscaler atlas-ai-production/ai-engine-hpa",
  },
  {
    row: "market-data-scales",
    how: "the autoscaler deleted",
    objects: () => without("HorizontalPodAutoscaler", "market-data-hpa"),
    names: "HorizontalPodAutoscaler atlas-ai-production/market-data-hpa",
  },
  {
    row: "ab-testing-scales",
    how: "another range",
    objects: () => changed("HorizontalPodAutoscaler", "ab-testing-hpa", ["spec", "maxReplicas"], 4),
    names: "HorizontalPodAutoscaler atlas-ai-production/ab-testing-hpa",
  },
  {
    row: "autoscalers-have-targets",
    how: "the workload scaled to nothing",
    objects: () => changed("Deployment", "ab-testing", ["spec", "replicas"], 0),
    names: "HorizontalPodAutoscaler atlas-ai-production/ab-testing-hpa",
  },
  {
    row: "vertical-recommends",
    how: "sizes that change by themselves",
    objects: () =>
      changed("VerticalPodAutoscaler", "ai-engine-vpa", ["spec", "updatePolicy"], { updateMode: "Recreate" }),
    names: "VerticalPodAutoscaler atlas-ai-production/ai-engine-vpa",
  },
  {
    row: "ai-engine-budget",
    how: "a budget of one",
    objects: () => changed("PodDisruptionBudget", "ai-engine-pdb", ["spec", "minAvailable"], 1),
    names: "PodDisruptionBudget atlas-ai-production/ai-engine-pdb",
  },
  {
    row: "market-data-budget",
    how: "the budget deleted",
    objects: () => without("PodDisruptionBudget", "market-data-pdb"),
    names: "PodDisruptionBudget atlas-ai-production/market-data-pdb",
  },
  {
    row: "budgets-present",
    how: "the budget deleted",
    objects: () => without("PodDisruptionBudget", "ai-orchestrator-pdb"),
    names: "Deployment atlas-ai-production/ai-orchestrator",
  },
  {
    row: "budgets-present",
    how: "no room to drain",
    objects: () => changed("PodDisruptionBudget", "ai-engine-pdb", ["spec", "minAvailable"], "100%"),
    names: "PodDisruptionBudget atlas-ai-production/ai-engine-pdb",
  },
  {
    row: "budgets-present",
    how: "the replicas of a database without a budget",
    objects: () => withInstances(["primary", "replica", "replica"], ["primary"]),
    names: "Cluster shop/orders",
  },
  {
    row: "budgets-present",
    how: "replicas of a database that may never go",
    objects: () => withInstances(["primary", "replica", "replica"], ["primary", "replica"], 2),
    names: "PodDisruptionBudget shop/replica",
  },
  {
    row: "default-deny",
    how: "the policies deleted",
    objects: () => without("NetworkPolicy", "default-deny"),
    names: "Namespace marketresearch",
  },
  {
    row: "default-deny",
    how: "a policy for one direction only",
    objects: () => changed("NetworkPolicy", "default-deny", ["spec", "policyTypes"], ["Ingress"]),
    names: "none for Egress",
  },
  {
    row: "pod-security",
    how: "a namespace without a standard",
    objects: () =>
      added("Namespace", {
        metadata: { name: "extra", labels: { "app.kubernetes.io/part-of": "ai-platform" } },
      }),
    names: "Namespace extra",
  },
  {
    row: "zones",
    how: "a zone without nodes",
    objects: () => without("Node", "node-us-east-1c"),
    names: "us-east-1a, us-east-1b",
  },
  {
    row: "ai-engine-spread",
    how: "no spread",
    objects: () =>
      changed("Deployment", engine, ["spec", "template", "spec", "topologySpreadConstraints"], []),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "storage-classes",
    how: "a class deleted",
    objects: () => without("StorageClass", "fast-ssd"),
    names: "StorageClass fast-ssd",
  },
  {
    row: "claims-bound",
    how: "a volume that is gone",
    objects: () => changed("PersistentVolumeClaim", "model-cache-pvc", ["status", "phase"], "Lost"),
    names: "PersistentVolumeClaim atlas-ai-production/model-cache-pvc",
  },
  {
    row: "databases-backed-up",
    how: "the schedule suspended",
    objects: () => changed("ScheduledBackup", "timescaledb", ["spec", "suspend"], true),
    names: "Cluster.postgresql.cnpg.io atlas-ai-production/timescaledb",
  },
  {
    row: "cluster-backed-up",
    how: "Velero deleted",
    objects: () => without("Deployment", "velero"),
    names: "Deployment velero/velero",
  },
  {
    row: "runbook",
    how: "the ConfigMap deleted",
    objects: () => without("ConfigMap", "disaster-recovery-runbook"),
    names: "ConfigMap atlas-monitoring/disaster-recovery-runbook",
  },
  ...["latency-average", "latency-p95", "latency-p99", "error-rate"].map((row) => ({
    row,
    how: "a figure that is too high",
    objects: () => healthy,
    names: "Atlas, last 30 minutes",
    figure: 2,
  })),
];

describe("a row fails when it is broken, and names what is", () => {
  test.each(breakages)("$row: $how", async (one) => {
    const rows = validationRows.filter(({ id }) => id === one.row);
    const cluster = liveCluster(one.objects(), async () => one.figure ?? 0);
    const [result] = await walk(rows, cluster, "aws atlas-prod");
    expect(result?.verdict.outcome).toBe("fail");
    expect(JSON.stringify(result?.verdict)).toContain(one.names);
  });

  test("every row can fail", () => {
    const broken = new Set(breakages.map(({ row }) => row));
    expect(validationRows.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });
});

describe("a stack's own sizes", () => {
  const documented = z.object({ examples: z.array(sizesSchema) }).parse(sizesSchema.meta());
  const [example = {}] = documented.examples;
  const sizes = { "ai-engine": { ...example["ai-engine"], requests: { cpu: "1500m" } } };

  async function outcomes(objects: Objects, stated: SizesConfig): Promise<readonly string[]> {
    const cluster = liveCluster(objects);
    const rows = validationRows.filter(({ id }) => ["ai-engine-scales", "ai-engine-resources"].includes(id));
    const results = await walk(rows, { ...cluster, facts: { ...cluster.facts, sizes: stated } }, "aws");
    return results.map(({ id, verdict }) => `${id}: ${verdict.outcome}`);
  }

  const sized = (): Objects => {
    const objects = changed("HorizontalPodAutoscaler", "ai-engine-hpa", ["spec", "minReplicas"], 5);
    const scaled = objects.get("HorizontalPodAutoscaler")?.find((one) => nameOf(one) === "ai-engine-hpa");
    if (typeof scaled !== "object" || scaled === null) throw new Error("no ai-engine-hpa is planned");
    put(scaled, ["spec", "maxReplicas"], 30);
    return new Map(objects).set(
      "Deployment",
      changed("Deployment", engine, [...container, "resources", "requests", "cpu"], "1500m").get(
        "Deployment",
      ) ?? [],
    );
  };

  test("are what it is validated against", async () => {
    expect(await outcomes(sized(), sizes)).toEqual(["ai-engine-resources: pass", "ai-engine-scales: pass"]);
  });

  test("have to be there, too", async () => {
    expect(await outcomes(healthy, sizes)).toEqual(["ai-engine-resources: fail", "ai-engine-scales: fail"]);
    expect(await outcomes(sized(), {})).toEqual(["ai-engine-resources: fail", "ai-engine-scales: fail"]);
  });
});

test("of a workload that waits for a model it is said what it waits for", async () => {
  const objects = changed("Deployment", "ner-service", ["status"], { readyReplicas: 0, updatedReplicas: 1 });
  const rows = validationRows.filter(({ id }) => id === "workloads-running");
  const [result] = await walk(rows, liveCluster(objects), "aws");
  expect(JSON.stringify(result?.verdict)).toContain(
    "it waits for the model ner-v1.1.0 on the volume models-pvc",
  );
});

test("no two rows have one id", () => {
  expect(new Set(validationRows.map(({ id }) => id)).size).toBe(validationRows.length);
});

/** Production in the sandbox, without any chart: what is there of charts and operators stands in. */
function stoodIn(objects: Objects): LiveCluster {
  const labelled = (object: unknown): unknown => {
    const copy = structuredClone(object);
    const metadata = at(copy, "metadata");
    if (typeof metadata !== "object" || metadata === null) throw new Error("an object without metadata");
    const labels = { ...Object(at(metadata, "labels")), "sandbox.ai-platform/stood-in": "operator" };
    put(metadata, ["labels"], labels);
    return copy;
  };
  const kinds: readonly Kind[] = ["Pod", "StatefulSet", "Deployment", "IngressClass"];
  const made = new Map(objects);
  for (const kind of kinds) made.set(kind, (objects.get(kind) ?? []).map(labelled));
  const recordedReleases = ["backup-release", "ingress-release", "logs-loki", "metrics-release"]
    .concat(["redis-operator-release", "traces-collector", "traces-tempo"])
    .map((name) => `aws-platform-${name}`);
  return { ...liveCluster(made), sandbox: { recordedReleases } };
}

const onStandIns = [
  "hosts-published",
  "prometheus-running",
  "alertmanager-running",
  "grafana-running",
  "traces-collected",
  "traces-kept",
  "logs-kept",
  "redis-cluster-members",
  "cluster-backed-up",
];

test.each(onStandIns)("%s looks at what stands in, and says that it does", async (id) => {
  const rows = validationRows.filter((row) => row.id === id);
  const [result] = await walk(rows, stoodIn(healthy), "aws atlas-prod");
  expect(result?.verdict).toEqual({ outcome: "pass", standsIn: true });
});

test("what stands in must be Ready, too", async () => {
  const rows = validationRows.filter(({ id }) => id === "redis-cluster-members");
  const objects = changed("StatefulSet", "market-data-redis-leader", ["status", "readyReplicas"], 2);
  const [result] = await walk(rows, stoodIn(objects), "aws atlas-prod");
  expect(result?.verdict.outcome).toBe("fail");
});

test("what is not even stood in for in the sandbox is not checked, and says so", async () => {
  const bare = new Map(healthy);
  for (const kind of ["Pod", "StatefulSet", "Deployment", "IngressClass"] as const) bare.set(kind, []);
  const rows = validationRows.filter(({ id }) => onStandIns.includes(id));
  const results = await walk(rows, stoodIn(bare), "aws atlas-prod");
  expect(results.map(({ id, verdict }) => `${id}: ${verdict.outcome}`).toSorted()).toEqual(
    onStandIns.map((id) => `${id}: not checked`).toSorted(),
  );
  expect(JSON.stringify(results)).toContain("could not fetch the chart of aws-platform-metrics-release");
});

test("a figure that the sandbox does not measure is not checked there", async () => {
  const rows = validationRows.filter(({ id }) => id === "latency-p95");
  const cluster = { ...liveCluster(healthy), sandbox: { recordedReleases: [] } };
  const [result] = await walk(rows, cluster, "aws atlas-prod");
  expect(result?.verdict.outcome).toBe("not checked");
});

test("a Deployment that is there unused is not missed", async () => {
  const rows = validationRows.filter(({ id }) => id === "workloads-running");
  const idle = (annotations: object) => ({
    metadata: { name: "unused", namespace: "argocd", annotations },
    spec: { replicas: 0, selector: {}, template: { spec: { containers: [] } } },
    status: {},
  });
  const verdict = async (annotations: object) => {
    const cluster = liveCluster(added("Deployment", idle(annotations)));
    return (await walk(rows, cluster, "aws atlas-prod"))[0]?.verdict;
  };
  expect(await verdict({ "ai-platform/unused": "nobody asks for it" })).toEqual({ outcome: "pass" });
  expect(await verdict({})).toMatchObject({
    outcome: "fail",
    findings: [{ about: "Deployment argocd/unused" }],
  });
});

test("a set without replicas is missed, unless an operator made it so", async () => {
  const rows = validationRows.filter(({ id }) => id === "workloads-running");
  const empty = (ownerReferences: readonly object[]) => ({
    metadata: { name: "arbiters", namespace: "ai-middleware", ownerReferences },
    spec: { replicas: 0, selector: {}, template: { spec: { containers: [] } } },
    status: {},
  });
  const verdict = async (ownerReferences: readonly object[]) => {
    const cluster = liveCluster(added("StatefulSet", empty(ownerReferences)));
    return (await walk(rows, cluster, "aws atlas-prod"))[0]?.verdict;
  };
  expect(await verdict([{ kind: "MongoDBCommunity", name: "mongodb" }])).toEqual({ outcome: "pass" });
  expect(await verdict([])).toMatchObject({
    outcome: "fail",
    findings: [{ about: "StatefulSet ai-middleware/arbiters" }],
  });
});

test("a figure that nobody measured is not checked", async () => {
  const rows = validationRows.filter(({ id }) => id === "error-rate");
  const [result] = await walk(
    rows,
    liveCluster(healthy, async () => undefined),
    "aws atlas-prod",
  );
  expect(result?.verdict.outcome).toBe("not checked");
});

test("no error at all is a rate of 0, not one that nobody measured (001)", async () => {
  const rows = validationRows.filter(({ id }) => id === "error-rate");
  // As Prometheus does: a sum of no series is no series, unless the query says what it is then.
  const withoutErrors = async (query: string): Promise<number | undefined> =>
    query.includes("or vector(0)) /") ? 0 : undefined;
  const [result] = await walk(rows, liveCluster(healthy, withoutErrors), "aws atlas-prod");
  expect(result?.verdict).toEqual({ outcome: "pass" });
});

test("a row that cannot be asked fails with the reason", async () => {
  const rows = validationRows.filter(({ id }) => id === "error-rate");
  const unreachable = async (): Promise<number> => {
    throw new Error("connection refused");
  };
  const [result] = await walk(rows, liveCluster(healthy, unreachable), "aws atlas-prod");
  expect(JSON.stringify(result?.verdict)).toContain("connection refused");
});
