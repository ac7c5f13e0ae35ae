import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ClusterIdentity,
  type ClusterManager,
  clusterManager,
  type NodePoolSpec,
} from "../../sandbox/cluster";
import { isStatus, type KubernetesObject } from "../../sandbox/cluster/api";
import { apiOutage } from "../../sandbox/drills/api-outage";
import { drain } from "../../sandbox/drills/drain";
import { drift } from "../../sandbox/drills/drift";
import type { Drill, Outcome } from "../../sandbox/drills/drill";
import { DrillCluster } from "../../sandbox/drills/drill-cluster";
import type { PoolLimits } from "../../sandbox/drills/elastic-pool";
import type { Engine, EngineRun } from "../../sandbox/drills/engine";
import { engineKill } from "../../sandbox/drills/engine-kill";
import { gpuLoss } from "../../sandbox/drills/gpu-loss";
import { modelRollback } from "../../sandbox/drills/model-rollback";
import { restore } from "../../sandbox/drills/restore";
import { rollingUpdate } from "../../sandbox/drills/rolling-update";
import { scaleOut } from "../../sandbox/drills/scale-out";
import { secretRotation } from "../../sandbox/drills/secret-rotation";
import { spotReclaim } from "../../sandbox/drills/spot-reclaim";
import { teardown } from "../../sandbox/drills/teardown";
import { zoneOutage } from "../../sandbox/drills/zone-outage";
import { cachePaths } from "../../sandbox/paths";
import { silentReporter } from "../../sandbox/reporter";
import { ensureTools, toolNames } from "../../sandbox/toolchain";

const cache = mkdtempSync(join(tmpdir(), "ai-platform-drills-"));
const identity: ClusterIdentity = { cloud: "aws", name: "drill-test" };
const namespace = "drilled";
let manager: ClusterManager;

/** What a broken promise may take to show: the drills give up when nothing has changed for as long. */
const patience = 6_000;

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

const limits: ReadonlyMap<string, PoolLimits> = new Map([
  ["general", { minimum: 3, maximum: 6 }],
  ["spot", { minimum: 2, maximum: 4 }],
]);

interface AppOptions {
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
}

/** A workload with what comes with it. */
function app(
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
              scaleTargetRef: { apiVersion: "apps/v1", kind, name },
            },
          },
        ]),
  ];
}

const paths: Readonly<Record<string, string>> = {
  Deployment: "apis/apps/v1/namespaces/drilled/deployments",
  StatefulSet: "apis/apps/v1/namespaces/drilled/statefulsets",
  PodDisruptionBudget: "apis/policy/v1/namespaces/drilled/poddisruptionbudgets",
  Secret: "api/v1/namespaces/drilled/secrets",
  HorizontalPodAutoscaler: "apis/autoscaling/v2/namespaces/drilled/horizontalpodautoscalers",
};

/** An engine that is never asked for anything. */
const idle: Engine = {
  run: () => Promise.reject(new Error("this drill does not run the engine")),
  start: () => {
    throw new Error("this drill starts no run of the engine");
  },
  changed: () => Promise.reject(new Error("this drill changes no settings")),
};

/** Runs a drill on a cluster that has these workloads and nothing else. */
async function drilled(
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

async function create(cluster: DrillCluster, objects: readonly KubernetesObject[]): Promise<void> {
  for (const object of objects) {
    await cluster.api.create(`/${paths[object.kind ?? ""]}`, object);
  }
}

async function remove(cluster: DrillCluster, objects: readonly KubernetesObject[]): Promise<void> {
  for (const { kind, metadata } of objects) {
    await cluster.api.delete(`/${paths[kind ?? ""]}/${metadata.name}`, { propagationPolicy: "Background" });
  }
}

/** Closes the cluster in any case: a watch that stays open keeps the whole test run from ending. */
async function closed(cluster: DrillCluster, cleanUp: () => Promise<void>): Promise<void> {
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

beforeAll(async () => {
  process.env.AI_PLATFORM_TOOLS = cachePaths.tools();
  process.env.XDG_CACHE_HOME = cache;
  manager = clusterManager(await ensureTools(toolNames, silentReporter), silentReporter);
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

describe("the end of a drill", () => {
  async function restored(maximum: number) {
    const poolLimits = new Map([["general", { minimum: 3, maximum }]]);
    const cluster = await DrillCluster.open(manager, identity, poolLimits, patience);
    const objects = app("crowd", { replicas: 4, requests: { cpu: "3" } });
    try {
      await create(cluster, objects);
      const left = await restore(cluster);
      const nodes = await cluster.nodes();
      return { left, nodes: nodes.filter(({ metadata }) => metadata.labels?.pool === "general").length };
    } finally {
      await closed(cluster, async () => {
        await remove(cluster, objects);
        await cluster.removeAddedNodes();
      });
    }
  }

  test("leaves a node more where the pods do not fit into as many as before", async () => {
    expect(await restored(4)).toEqual({ left: [], nodes: 4 });
  });

  test("names the workload that lacks a node where its pool may not grow", async () => {
    expect(await restored(3)).toEqual({
      left: [
        expect.stringMatching(/^drill-test: Deployment drilled\/crowd has 3 of 4 pods: .*Insufficient cpu/),
      ],
      nodes: 3,
    });
  });
});

/** Spread over the zones, with room to move: it keeps every promise. */
const careful: AppOptions = { spread: "topology.kubernetes.io/zone", minAvailable: 2, maxReplicas: 6 };

describe("drain", () => {
  test("passes where budgets leave room", async () => {
    const { evidence, passed } = await drilled(drain, app("careful", careful));
    expect({ passed, evidence }).toEqual({
      passed: true,
      evidence: [expect.stringMatching(/^drill-test: 7 nodes drained, [3-9] pods moved/), expect.anything()],
    });
  });

  test("passes where a pod that its budget spares has no room but on the node that comes back", async () => {
    const full = { replicas: 2, minAvailable: 1, requests: { "nvidia.com/gpu": "2" } };
    const { evidence, passed } = await drilled(
      drain,
      app("tight", { ...full, nodeSelector: { pool: "gpu" } }),
    );
    expect({ passed, evidence }).toEqual({
      passed: true,
      evidence: [expect.stringContaining("2 of them only when the node was back"), expect.anything()],
    });
  });

  test("fails, and names the pod, where a budget keeps every pod", async () => {
    const { evidence, passed } = await drilled(drain, app("stuck", { ...careful, minAvailable: 3 }));
    expect(passed).toBe(false);
    expect(evidence[0]).toMatch(
      /^drill-test: Pod drilled\/stuck-\S+ cannot leave \S+: its disruption budget never allows it$/,
    );
  });

  test("fails where replicas without a budget leave all at once", async () => {
    const together = { nodeSelector: { "kubernetes.io/hostname": "general-us-east-1a-1" } };
    const { evidence, passed } = await drilled(drain, app("bare", together));
    expect(passed).toBe(false);
    expect(evidence).toContain("drill-test: Deployment drilled/bare went down to 0, and is to keep 1");
  });
});

describe("rolling-update", () => {
  test("passes where a new pod comes before an old one goes", async () => {
    const { evidence, passed } = await drilled(
      rollingUpdate,
      app("careful", { ...careful, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }),
    );
    expect({ passed, first: evidence[0] }).toEqual({
      passed: true,
      first: "drill-test: 1 workloads updated, one after the other",
    });
  });

  test("fails where the old pods go first, against the budget", async () => {
    const { evidence, passed } = await drilled(
      rollingUpdate,
      app("rash", { minAvailable: 2, strategy: { type: "Recreate" } }),
    );
    expect(passed).toBe(false);
    expect(evidence).toContain(
      "drill-test: PodDisruptionBudget drilled/rash went down to 0, and is to keep 2",
    );
  });
});

describe("zone-outage", () => {
  test("passes where replicas are spread; the autoscaler makes room in the other zones", async () => {
    // Two of these fill a node: the third comes up on a node that was not there before.
    const { evidence, passed } = await drilled(
      zoneOutage,
      app("careful", { spread: "kubernetes.io/hostname", minAvailable: 3, requests: { cpu: "3" } }),
    );
    expect(evidence[0]).toMatch(/ without us-east-1a: 3 nodes lost, 1 of 3 pods with them, .* 1 nodes added/);
    expect(passed).toBe(true);
  });

  test("fails where all replicas are in one zone", async () => {
    const { evidence, passed } = await drilled(
      zoneOutage,
      app("dense", { minAvailable: 1, nodeSelector: { "kubernetes.io/hostname": "general-us-east-1a-1" } }),
    );
    expect(passed).toBe(false);
    expect(evidence[0]).toBe(
      "drill-test without us-east-1a: at once, PodDisruptionBudget drilled/dense has 0 of the 1 pods that it is to keep",
    );
  });

  test("fails where the pool may not grow", async () => {
    const { evidence, passed } = await drilled(
      zoneOutage,
      app("careful", { spread: "kubernetes.io/hostname", minAvailable: 3, requests: { cpu: "3" } }),
      new Map([["general", { minimum: 1, maximum: 2 }]]),
    );
    expect(passed).toBe(false);
    expect(evidence[0]).toBe(
      "drill-test without us-east-1a, and with all that autoscaling may add: " +
        "PodDisruptionBudget drilled/careful has 2 of the 3 pods that it is to keep",
    );
  });
});

describe("spot-reclaim", () => {
  test("passes where only batch is on spot nodes", async () => {
    const { evidence, passed } = await drilled(spotReclaim, [
      ...app("careful", careful),
      ...app("batch", { replicas: 1, nodeSelector: { pool: "spot" } }),
    ]);
    expect({ passed, evidence }).toEqual({
      passed: true,
      evidence: [expect.stringMatching(/^drill-test: 2 spot nodes taken back with 1 pods that served/)],
    });
  });

  test("fails where a store is on spot nodes", async () => {
    const { evidence, passed } = await drilled(
      spotReclaim,
      app("store", { kind: "StatefulSet", replicas: 1, nodeSelector: { pool: "spot" } }),
    );
    expect(passed).toBe(false);
    expect(evidence[0]).toMatch(
      /^drill-test: Pod drilled\/store-0 keeps data and ran on the spot node spot-/,
    );
  });

  test("fails where all replicas of a service are on spot nodes", async () => {
    const { evidence, passed } = await drilled(
      spotReclaim,
      app("cheap", { minAvailable: 1, nodeSelector: { pool: "spot" } }),
    );
    expect(passed).toBe(false);
    expect(evidence[0]).toContain("at once, PodDisruptionBudget drilled/cheap has 0 of the 1 pods");
  });
});

describe("gpu-loss", () => {
  const model: AppOptions = {
    replicas: 2,
    requests: { cpu: "1", "nvidia.com/gpu": "1" },
    nodeSelector: { pool: "gpu" },
    minAvailable: 1,
  };

  test("passes where another node with GPUs serves on", async () => {
    const { evidence, passed } = await drilled(
      gpuLoss,
      app("model", { ...model, requests: { cpu: "1", "nvidia.com/gpu": "2" } }),
    );
    expect({ passed, evidence }).toEqual({
      passed: true,
      evidence: [
        expect.stringMatching(/ lost with 1 pods that served, and replaced$/),
        expect.stringMatching(/ lost with 1 pods that served, and replaced$/),
      ],
    });
  });

  test("fails where all replicas are on one node", async () => {
    const one = { pool: "gpu", "kubernetes.io/hostname": "gpu-us-east-1a-1" };
    const { evidence, passed } = await drilled(gpuLoss, app("model", { ...model, nodeSelector: one }));
    expect(passed).toBe(false);
    expect(evidence[0]).toContain("at once, PodDisruptionBudget drilled/model has 0 of the 1 pods");
  });
});

describe("scale-out", () => {
  const hungry: AppOptions = { ...careful, spread: undefined, requests: { cpu: "3" } };

  test("passes where the pools may grow for all pods", async () => {
    const { evidence, passed } = await drilled(scaleOut, app("hungry", { ...hungry, maxReplicas: 6 }));
    expect({ passed, first: evidence[0], pools: evidence.slice(1) }).toEqual({
      passed: true,
      first: "drill-test: 1 workloads at their maximum, 3 nodes added",
      pools: expect.arrayContaining(["drill-test: general from 3 to 6 nodes of at most 6"]),
    });
  });

  test("fails, and says what is short and where, when the pools are too small", async () => {
    const { evidence, passed } = await drilled(scaleOut, app("hungry", { ...hungry, maxReplicas: 8 }));
    expect(passed).toBe(false);
    expect(evidence).toContainEqual(
      expect.stringMatching(
        /^drill-test: 2 pods have no node, together 6\.0 CPU, 0\.0 GiB: .*; general \(at most 6 nodes\) cannot grow for them$/,
      ),
    );
  });
});

const good: EngineRun = { succeeded: true, output: "" };
const bad: EngineRun = { succeeded: false, output: "it broke" };
const owned = app("owned", careful).map((object) => ({
  ...object,
  metadata: { ...object.metadata, labels: { "app.kubernetes.io/managed-by": "pulumi" } },
}));

/** What an engine does that puts everything right. */
async function healing(): Promise<EngineRun> {
  const cluster = await DrillCluster.open(manager, identity, limits, patience);
  for (const object of owned) {
    const path = `/${paths[object.kind ?? ""]}`;
    try {
      await cluster.api.replace(`${path}/${object.metadata.name}`, object);
    } catch (error) {
      if (!isStatus(error, 404)) throw error;
      await cluster.api.create(path, object);
    }
  }
  cluster.close();
  return good;
}

describe("drift", () => {
  /** An engine that answers with these, one after the other. */
  function answers(...runs: readonly (EngineRun | typeof healing)[]): Engine & { readonly asked: string[] } {
    const left = [...runs];
    const asked: string[] = [];
    return {
      ...idle,
      asked,
      run: async (command, ...options) => {
        asked.push([command, ...options].join(" "));
        const next = left.shift() ?? good;
        return typeof next === "function" ? next() : next;
      },
    };
  }
  const changes: EngineRun = { succeeded: false, output: "3 resources would change" };

  test("passes where preview sees the damage and up heals it", async () => {
    const engine = answers(changes, healing, good);
    const { passed, evidence } = await drilled(drift, owned, limits, engine);
    expect({ passed, evidence: evidence.slice(1), asked: engine.asked }).toEqual({
      passed: true,
      evidence: [
        "drill-test: Deployment drilled/owned: its pods may run as root",
        "drill-test: PodDisruptionBudget drilled/owned: deleted",
        "drill-test: HorizontalPodAutoscaler drilled/owned: another maximum",
      ],
      asked: ["preview --expect-no-changes", "up --refresh", "preview --expect-no-changes"],
    });
  });

  test("fails where preview sees nothing", async () => {
    const { passed, evidence } = await drilled(drift, owned, limits, answers(good, healing, good));
    expect({ passed, first: evidence[0] }).toEqual({ passed: false, first: "preview saw nothing of it" });
  });

  test("fails where up leaves something", async () => {
    const { passed, evidence } = await drilled(drift, owned, limits, answers(changes, healing, changes));
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "after up, preview still finds changes:\n    3 resources would change",
    });
  });

  test("fails where preview finds nothing more, and something is as the hand left it", async () => {
    const { passed, evidence } = await drilled(drift, owned, limits, answers(changes, good, good));
    expect({ passed, evidence: evidence.slice(0, 3).toSorted() }).toEqual({
      passed: false,
      evidence: [
        "drill-test: Deployment drilled/owned is not as it was before the damage",
        "drill-test: HorizontalPodAutoscaler drilled/owned is not as it was before the damage",
        "drill-test: PodDisruptionBudget drilled/owned is not as it was before the damage",
      ],
    });
  });
});

/** What an engine does to the cluster's objects, in a few words. */
async function patched(path: string, change: object): Promise<EngineRun> {
  const cluster = await DrillCluster.open(manager, identity, limits, patience);
  await cluster.api.patch(`/${path}`, change);
  cluster.close();
  return good;
}

function template(change: object): object {
  return { spec: { template: change } };
}

describe("secret-rotation", () => {
  const user = app("user", {
    ...careful,
    env: [{ name: "JWT_SECRET", valueFrom: { secretKeyRef: { name: "jwt-secrets", key: "secret" } } }],
  });
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "jwt-secrets", namespace },
    stringData: { secret: "one" },
  };
  const rotate = () => patched(`${paths.Secret}/jwt-secrets`, { stringData: { secret: "two" } });
  const restart = () =>
    patched(
      `${paths.Deployment}/user`,
      template({ metadata: { annotations: { "ai-platform/configuration": "2" } } }),
    );

  /** An engine that does this when its stack's settings are changed. */
  function rotating(...work: readonly (() => Promise<EngineRun>)[]): Engine {
    const run = async (): Promise<EngineRun> => {
      for (const step of work) {
        await step();
      }
      return good;
    };
    return { ...idle, run: async () => good, changed: async (_, use) => use({ ...idle, run }) };
  }

  test("passes where the values change and their users restart", async () => {
    const engine = rotating(rotate, restart);
    const { passed, evidence } = await drilled(secretRotation, [secret, ...user], limits, engine);
    expect({ passed, first: evidence[0] }).toEqual({ passed: true, first: "jwt-secrets was made anew" });
  });

  test("fails where nobody restarts", async () => {
    const { passed, evidence } = await drilled(secretRotation, [secret, ...user], limits, rotating(rotate));
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "no user of jwt-secrets was restarted",
    });
  });

  test("fails where the values stay", async () => {
    const { passed, evidence } = await drilled(secretRotation, [secret, ...user], limits, rotating(restart));
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "the Secret jwt-secrets has the same values as before",
    });
  });
});

describe("model-rollback", () => {
  const versioned = (value: string) =>
    template({
      spec: {
        containers: [
          {
            name: "main",
            image: "registry.k8s.io/pause:3.10",
            resources: { requests: { cpu: "500m", memory: "512Mi" } },
            env: [{ name: "MODEL_VERSION", value }],
          },
        ],
      },
    });
  const model = app("model", { ...careful, env: [{ name: "MODEL_VERSION", value: "model-v1.1.0" }] });
  const serve = (value: string) => patched(`${paths.Deployment}/model`, versioned(value));

  test("passes where the version goes forward and back", async () => {
    const { passed, evidence } = await drilled(modelRollback, model, limits, {
      ...idle,
      run: (command) => (command === "up" ? serve("model-v1.1.0") : Promise.resolve(good)),
      changed: async (_, use) => use({ ...idle, run: () => serve("model-v9.9.9") }),
    });
    expect(evidence[0]).toBe("drill-test: Deployment drilled/model went to 9.9.9 and back");
    expect(passed).toBe(true);
  });

  test("fails where it does not come back", async () => {
    const { passed, evidence } = await drilled(modelRollback, model, limits, {
      ...idle,
      run: async () => good,
      changed: async (_, use) => use({ ...idle, run: () => serve("model-v9.9.9") }),
    });
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "drill-test: Deployment drilled/model is not as it was before",
    });
  });
});

describe("api-outage", () => {
  /** The next run of the sandbox starts what was killed. */
  const next = async (command: string): Promise<EngineRun> => {
    if (command !== "up") return good;
    await manager.ensureRunning(identity);
    return healing();
  };
  const interrupted = () => ({ begun: Promise.resolve(), ended: Promise.resolve(bad), kill: () => {} });

  beforeAll(() => {
    process.env.SEED = "7";
  });
  afterAll(() => {
    delete process.env.SEED;
  });

  test("passes where the next run finishes the work", async () => {
    const { passed, evidence } = await drilled(apiOutage, owned, limits, {
      ...idle,
      start: interrupted,
      run: next,
    });
    expect(evidence[0]).toMatch(/^SEED=7: 1 API servers killed \d+ ms into the engine's work$/);
    expect(passed).toBe(true);
  });

  test("fails where it does not", async () => {
    const { passed, evidence } = await drilled(apiOutage, owned, limits, {
      ...idle,
      start: interrupted,
      run: async (command) => ({ ...(await next(command)), succeeded: false, output: "locked" }),
    });
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "up did not succeed:\n    locked",
    });
  });
});

describe("engine-kill", () => {
  const killed = () => ({ begun: Promise.resolve(), ended: Promise.resolve(bad), kill: () => {} });
  const done = () => ({ begun: Promise.resolve(), ended: Promise.resolve(good), kill: () => {} });

  test("passes where one up finishes what the killed ones began", async () => {
    const { passed, evidence } = await drilled(engineKill, owned, limits, {
      ...idle,
      start: killed,
      run: (command) => (command === "up" ? healing() : Promise.resolve(good)),
    });
    expect({ passed, last: evidence.at(-1) }).toEqual({
      passed: true,
      last: expect.stringMatching(/^SEED=\d+: 20 of 20 runs were killed at work$/),
    });
  });

  test("fails where something is left", async () => {
    const { passed } = await drilled(engineKill, owned, limits, {
      ...idle,
      start: killed,
      run: async (command) => (command === "up" ? good : bad),
    });
    expect(passed).toBe(false);
  });

  test("fails where no run was hit: nothing was tried", async () => {
    const { passed } = await drilled(engineKill, owned, limits, {
      ...idle,
      start: done,
      run: async () => good,
    });
    expect(passed).toBe(false);
  });
});

describe("teardown", () => {
  test.each([
    [true, good],
    [false, bad],
  ])("passes: %s, where destroy answers so", async (expected, answer) => {
    const { passed } = await drilled(teardown, [], limits, { ...idle, run: async () => answer });
    expect(passed).toBe(expected);
  });
});
