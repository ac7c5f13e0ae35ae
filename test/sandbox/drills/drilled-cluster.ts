import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cachePaths } from "../../../cli/cache";
import { silentReporter } from "../../../cli/reporter";
import type { Drill, Outcome } from "../../../drills/drill";
import { DrillCluster } from "../../../drills/drill-cluster";
import type { PoolLimits } from "../../../drills/elastic-pool";
import type { Engine } from "../../../drills/engine";
import type { KubernetesObject } from "../../../sandbox/api-server/object";
import type { ClusterIdentity, ClusterManager, NodePoolSpec } from "../../../sandbox/cluster";
import { simulatedClusters } from "../../../simulation/clusters";
import { ensureTools, toolNames } from "../../../toolchain";
import { runFolder } from "../run-folder";

const cache = mkdtempSync(join(runFolder(), "drills-"));
export const identity: ClusterIdentity = { cloud: "aws", name: "drill-test" };
export const namespace = "drilled";
export let manager: ClusterManager;

/** What a broken promise may take to show: the drills give up when nothing has changed for as long. */
export const patience = 10_000;

const resources = { cpu: "4", memory: "8Gi", pods: "30" };
const shape = { instanceType: "m6i.xlarge", capacity: resources, allocatable: resources };

const general: NodePoolSpec = {
  name: "general",
  count: 3,
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  region: "us-east-1",
  instanceTypes: [shape],
  labels: { pool: "general" },
  taints: [],
};
const spot: NodePoolSpec = {
  ...general,
  name: "spot",
  count: 2,
  labels: { pool: "spot", lifecycle: "spot" },
};
const twoGpus = { ...resources, "nvidia.com/gpu": "2" };
const gpu: NodePoolSpec = {
  ...general,
  name: "gpu",
  count: 2,
  instanceTypes: [{ instanceType: "g5.12xlarge", capacity: twoGpus, allocatable: twoGpus }],
  labels: { pool: "gpu" },
  taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" }],
};

export const limits: ReadonlyMap<string, PoolLimits> = new Map([
  ["general", { minimum: 3, maximum: 6 }],
  ["spot", { minimum: 2, maximum: 4 }],
]);

export interface AppOptions {
  readonly replicas?: number;
  readonly kind?: "Deployment" | "StatefulSet";
  readonly requests?: Readonly<Record<string, string>>;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly spread?: "topology.kubernetes.io/zone" | "kubernetes.io/hostname";
  readonly strategy?: object;
  readonly env?: readonly object[];
  /** How many pods its disruption budget keeps; none without a budget. */
  readonly minAvailable?: number;
  /** Replicas that its autoscaler goes up to. */
  readonly maxReplicas?: number;
  /** Seconds that its autoscaler waits before it adds replicas. @default 0 */
  readonly waits?: number;
}

/** A workload with what comes with it. */
export function app(
  name: string,
  options: AppOptions = {},
): readonly (KubernetesObject & { readonly spec: object })[] {
  const { replicas = 3, kind = "Deployment", requests = { cpu: "500m", memory: "512Mi" } } = options;
  const selector = { matchLabels: { app: name } };
  const limited = Object.fromEntries(Object.entries(requests).filter(([key]) => key.includes("/")));
  const constraints = options.spread
    ? [
        {
          maxSkew: 1,
          topologyKey: options.spread,
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: selector,
        },
      ]
    : [];
  return [
    {
      apiVersion: "apps/v1",
      kind,
      metadata: { name, namespace },
      spec: {
        replicas,
        selector,
        ...(kind === "StatefulSet" ? { serviceName: name } : { strategy: options.strategy }),
        template: {
          metadata: { labels: selector.matchLabels },
          spec: {
            containers: [
              {
                name: "main",
                image: "registry.k8s.io/pause:3.10",
                resources: { requests, limits: limited },
                env: options.env,
              },
            ],
            nodeSelector: { pool: "general", ...options.nodeSelector },
            tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }],
            topologySpreadConstraints: constraints,
          },
        },
      },
    },
    ...(options.minAvailable === undefined
      ? []
      : [
          {
            apiVersion: "policy/v1",
            kind: "PodDisruptionBudget",
            metadata: { name, namespace },
            spec: { minAvailable: options.minAvailable, selector },
          },
        ]),
    ...(options.maxReplicas === undefined
      ? []
      : [
          {
            apiVersion: "autoscaling/v2",
            kind: "HorizontalPodAutoscaler",
            metadata: { name, namespace },
            spec: {
              minReplicas: replicas,
              maxReplicas: options.maxReplicas,
              behavior: { scaleUp: { stabilizationWindowSeconds: options.waits ?? 0 } },
              scaleTargetRef: { apiVersion: "apps/v1", kind, name },
            },
          },
        ]),
  ];
}

export const paths: Readonly<Record<string, string>> = {
  Deployment: "apis/apps/v1/namespaces/drilled/deployments",
  StatefulSet: "apis/apps/v1/namespaces/drilled/statefulsets",
  PodDisruptionBudget: "apis/policy/v1/namespaces/drilled/poddisruptionbudgets",
  Secret: "api/v1/namespaces/drilled/secrets",
  HorizontalPodAutoscaler: "apis/autoscaling/v2/namespaces/drilled/horizontalpodautoscalers",
};

/** An engine that is never asked for anything. */
export const idle: Engine = {
  run: () => Promise.reject(new Error("this drill does not run the engine")),
  start: () => {
    throw new Error("this drill starts no run of the engine");
  },
  changed: () => Promise.reject(new Error("this drill changes no settings")),
};

/** Runs a drill on a cluster that has these workloads and nothing else. */
export async function drilled(
  drill: Drill,
  objects: readonly KubernetesObject[],
  poolLimits = limits,
  engine = idle,
): Promise<Outcome> {
  const cluster = await DrillCluster.open(manager, identity, poolLimits, patience);
  try {
    await create(cluster, objects);
    expect(await cluster.whole()).toEqual([]);
    await cluster.settled(async () =>
      (await cluster.budgets()).every(({ status }) => (status?.expectedPods ?? 0) > 0),
    );
    return await drill.run({
      stack: "test",
      clusters: [cluster],
      engine,
    });
  } finally {
    await closed(cluster, () => remove(cluster, objects));
  }
}

export async function create(cluster: DrillCluster, objects: readonly KubernetesObject[]): Promise<void> {
  for (const object of objects) {
    await cluster.api.create(`/${paths[object.kind ?? ""]}`, object);
  }
}

export async function remove(cluster: DrillCluster, objects: readonly KubernetesObject[]): Promise<void> {
  for (const { kind, metadata } of objects) {
    await cluster.api.delete(`/${paths[kind ?? ""]}/${metadata.name}`, { propagationPolicy: "Background" });
  }
}

/** Closes the cluster in any case: a watch that stays open keeps the whole test run from ending. */
export async function closed(cluster: DrillCluster, cleanUp: () => Promise<void>): Promise<void> {
  try {
    await cleanUp();
    // The garbage collector has its own pace, and a machine with much to do stretches it beyond a drill's patience here.
    for (let wait = 0; wait < 10 && cluster.live.all.length > 0; wait += 1) {
      await cluster.settled(() => cluster.live.all.length === 0);
    }
    expect(cluster.live.all.map(({ metadata }) => metadata.name)).toEqual([]);
  } finally {
    cluster.close();
  }
}

/** Spread over the zones, with room to move: it keeps every promise. */
export const careful: AppOptions = { spread: "topology.kubernetes.io/zone", minAvailable: 2, maxReplicas: 6 };

/** Gives the tests of a file a cluster of their own, and takes it away after the last one. */
export function useDrilledCluster(): void {
  beforeAll(async () => {
    process.env.AI_PLATFORM_TOOLS = cachePaths.tools();
    process.env.XDG_CACHE_HOME = cache;
    manager = simulatedClusters(await ensureTools(toolNames, silentReporter), silentReporter);
    await manager.start(identity, { version: "1.35" });
    for (const pool of [general, spot, gpu]) {
      await manager.applyNodePool(identity, pool);
    }
    const cluster = await DrillCluster.open(manager, identity, limits, patience);
    await cluster.api.create("/api/v1/namespaces", { metadata: { name: namespace } });
    cluster.close();
  });

  afterAll(async () => {
    await manager?.remove(identity);
    rmSync(cache, { recursive: true, force: true });
  });
}
