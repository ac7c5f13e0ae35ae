import { modelOf } from "../model/expand";
import { readPlan } from "../model/read-plan";
import { capacityOf, clusterCapacity } from "./capacity";
import { capacityText } from "./capacity-text";
import { always, levels } from "./levels";
import { type PodGroup, podsOf } from "./pod-group";
import type { PlannedCluster, Pool } from "./pools";
import { nothing, type Resources } from "./resources";
import { anywhere, schedulingOf } from "./scheduling";

const zones = ["a", "b", "c"];

function resources(cpuMillis: number, memoryMib: number, rest: Partial<Resources> = {}): Resources {
  return { ...nothing, cpuMillis, memoryMib, pods: 1, ...rest };
}

function pool(name: string, nodes: number, rest: Partial<Pool> = {}): Pool {
  return {
    name,
    cloud: "aws",
    machines: [{ type: "m", allocatable: resources(4000, 8192, { pods: 10, diskMib: 51_200 }) }],
    zones,
    nodes: { minimum: nodes, desired: nodes, maximum: 2 * nodes },
    labels: {},
    taints: [],
    spot: false,
    diskGib: 0,
    ...rest,
  };
}

function cluster(...pools: readonly Pool[]): PlannedCluster {
  return { name: "test", provider: "test", pools, version: "1.35" };
}

function group(name: string, count: number, requests: Resources, rest: Partial<PodGroup> = {}): PodGroup {
  return {
    cluster: "test",
    namespace: "default",
    name,
    kind: "Deployment",
    system: "platform",
    origin: { by: "program", resource: name },
    requests,
    replicas: always(count),
    onEveryNode: false,
    scheduling: anywhere,
    priority: 0,
    ...rest,
  };
}

describe("capacity", () => {
  test("counts what is requested and what is left, at each size", () => {
    const scaled = group("api", 2, resources(1000, 1024), {
      replicas: { minimum: 2, desired: 3, maximum: 9 },
    });
    const { pools, wanted } = clusterCapacity(cluster(pool("general", 3)), [scaled]);
    const [general] = pools;
    expect(general?.at.desired).toEqual({
      nodes: 3,
      allocatable: resources(12_000, 24_576, { pods: 30, diskMib: 153_600 }),
      requested: resources(3000, 3072, { pods: 3 }),
      largestPod: resources(3000, 7168, { pods: 9, diskMib: 51_200 }),
      pods: { "default/api": 3 },
    });
    expect(general?.at.maximum.nodes).toBe(6);
    expect(wanted.maximum).toEqual(resources(9000, 9216, { pods: 9 }));
  });

  test("spreads pods of a kind over the zones", () => {
    const { zones: losses } = clusterCapacity(cluster(pool("general", 3)), [
      group("api", 3, resources(1000, 1024)),
    ]);
    expect(losses.map(({ zone, atOnce }) => [zone, atOnce])).toEqual(zones.map((zone) => [zone, []]));
  });

  test("says which pods have no place, and what is missing", () => {
    const { unplaced } = clusterCapacity(cluster(pool("general", 1)), [
      group("large", 1, resources(5000, 1024)),
      group("gpu", 2, resources(100, 128, { gpus: 1 })),
      group("scratch", 1, resources(100, 128, { diskMib: 61_440 })),
      group("elsewhere", 1, resources(100, 128), {
        scheduling: { ...anywhere, nodeSelector: { disk: "fast" } },
      }),
    ]);
    expect(unplaced.desired.map(({ group: { name }, count, reason }) => [name, count, reason])).toEqual([
      ["gpu", 2, "not enough GPUs on the one node where it may run"],
      ["large", 1, "not enough CPU on the one node where it may run"],
      ["elsewhere", 1, "no node has the labels that it selects and only taints that it tolerates"],
      ["scratch", 1, "not enough disk on the one node where it may run"],
    ]);
  });

  test("keeps pods off tainted nodes unless they tolerate the taint", () => {
    const taints = [{ key: "spot-instance", value: "true", effect: "NoSchedule" }];
    const spot = pool("spot", 1, { taints, labels: { lifecycle: "spot" } });
    const tolerations = [{ key: "spot-instance", operator: "Equal", value: "true" }];
    const { pools, unplaced } = clusterCapacity(cluster(spot), [
      group("strict", 1, resources(100, 128)),
      group("batch", 1, resources(100, 128), { scheduling: { ...anywhere, tolerations } }),
    ]);
    expect(unplaced.desired.map(({ group: { name } }) => name)).toEqual(["strict"]);
    expect(pools[0]?.at.desired.pods).toEqual({ "default/batch": 1 });
  });

  test("keeps pods off nodes that prefer others as long as there is room elsewhere, whatever else the pods like", () => {
    const taints = [{ key: "workload-type", value: "compute", effect: "PreferNoSchedule" }];
    const compute = pool("compute", 1, { taints, labels: { "workload-type": "compute" } });
    const tolerations = [{ key: "workload-type", operator: "Equal", value: "compute" }];
    const preference = { matchExpressions: [{ key: "workload-type", operator: "In", values: ["compute"] }] };
    const preferred = [{ weight: 100, preference }];
    const { pools, unplaced } = clusterCapacity(cluster(pool("general", 1), compute), [
      group("platform", 3, resources(1500, 128), { scheduling: { ...anywhere, preferred } }),
      group("engine", 1, resources(1000, 128), { scheduling: { ...anywhere, preferred, tolerations } }),
    ]);
    expect(unplaced.desired).toEqual([]);
    expect(pools.map(({ at }) => at.desired.pods)).toEqual([
      { "default/platform": 2 },
      { "default/engine": 1, "default/platform": 1 },
    ]);
  });

  test("puts a group of every node on each node that it may run on, and on no other", () => {
    const { pools } = clusterCapacity(
      cluster(pool("general", 2), pool("gpu", 1, { labels: { accelerator: "nvidia-gpu" } })),
      [
        group("agent", 0, resources(100, 128), { onEveryNode: true }),
        group("driver", 0, resources(100, 128), {
          onEveryNode: true,
          scheduling: { ...anywhere, nodeSelector: { accelerator: "nvidia-gpu" } },
        }),
      ],
    );
    expect(pools.map(({ at }) => at.desired.pods)).toEqual([
      { "default/agent": 2 },
      { "default/agent": 1, "default/driver": 1 },
    ]);
  });

  test("a member that is kept apart by zone waits for the lost zone; others find room on new nodes", () => {
    const apart = { ...anywhere, apart: ["topology.kubernetes.io/zone"] };
    const { zones: losses } = clusterCapacity(cluster(pool("general", 3)), [
      group("store", 3, resources(500, 512), { scheduling: apart }),
      group("api", 3, resources(3000, 1024)),
    ]);
    expect(losses[0]?.atOnce.map(({ group: { name }, cause }) => [name, cause])).toEqual([
      ["store", "apart"],
      ["api", "room"],
    ]);
    expect(losses[0]?.afterScaling.map(({ group: { name } }) => name)).toEqual(["store"]);
  });

  test("leaves pods of a kind as evenly spread as they have to be, and lets the last wait if need be", () => {
    const spread = [{ label: "lifecycle", maxSkew: 1 }];
    const halves = [
      pool("base", 1, { labels: { lifecycle: "on-demand" } }),
      pool("spot", 3, { labels: { lifecycle: "spot" } }),
    ];
    const { pools, unplaced } = clusterCapacity(cluster(...halves), [
      group("engine", 5, resources(2000, 512), { scheduling: { ...anywhere, spread } }),
    ]);
    expect(pools.map(({ at }) => at.desired.pods)).toEqual([
      { "default/engine": 2 },
      { "default/engine": 3 },
    ]);
    expect(unplaced.desired).toEqual([]);
    const { unplaced: more } = clusterCapacity(cluster(...halves), [
      group("engine", 6, resources(2000, 512), { scheduling: { ...anywhere, spread } }),
    ]);
    expect(more.desired.map(({ count, cause, reason }) => [count, cause, reason])).toEqual([
      [1, "room", "no room where it would leave its kind evenly spread"],
    ]);
  });

  test("takes a term on the same number of another kind for no reason to keep a kind from itself", () => {
    const term = { required: true, topologyKey: "topology.kubernetes.io/zone", labels: { role: "leader" } };
    const apartBy = (rest: object) => schedulingOf({ antiAffinity: [{ ...term, ...rest }] }).apart;
    expect(apartBy({})).toEqual(["topology.kubernetes.io/zone"]);
    expect(apartBy({ sameLabels: ["apps.kubernetes.io/pod-index"] })).toEqual([]);
  });

  test("says who waits when one node of a pool is gone", () => {
    const apart = { ...anywhere, apart: ["topology.kubernetes.io/zone"] };
    const store = group("store", 3, resources(3000, 1024), { scheduling: apart });
    const waiting = (nodes: number) =>
      clusterCapacity(cluster(pool("data", nodes)), [store]).nodes.map(({ zone, unplaced }) => [
        zone,
        unplaced.map(({ group: { name }, count }) => `${count} ${name}`),
      ]);
    expect(waiting(3)).toEqual(zones.map((zone) => [zone, ["1 store"]]));
    expect(waiting(6)).toEqual(zones.map((zone) => [zone, []]));
  });

  test("places pods of a higher priority first", () => {
    const { unplaced } = clusterCapacity(cluster(pool("general", 1)), [
      group("batch", 1, resources(3000, 1024)),
      group("serving", 1, resources(2000, 1024), { priority: 100 }),
    ]);
    expect(unplaced.desired.map(({ group: { name } }) => name)).toEqual(["batch"]);
  });
});

describe.each(["dev", "staging", "prod"])("the plan of %s", (stack) => {
  const plan = readPlan(stack);
  const clusters = capacityOf(plan);

  test.each(levels)("has a place for each pod, at its %s size", (level) => {
    expect(clusters.flatMap(({ unplaced }) => unplaced[level])).toEqual([]);
  });

  test("loses a zone as docs/drills.md says: a minority of each store waits for it, all else finds new nodes", () => {
    const lost = clusters.flatMap(({ zones: losses }) => losses.flatMap(({ afterScaling }) => afterScaling));
    expect(lost.filter(({ cause }) => cause !== "apart")).toEqual([]);
    expect(lost.filter(({ group: { replicas }, count }) => 2 * count >= replicas.desired)).toEqual([]);
  });

  test("is told cluster by cluster", () => {
    const text = capacityText(stack, clusters);
    for (const { cluster: one } of clusters) {
      expect(text).toContain(one.name);
    }
  });
});

/** Minimum, desired and maximum nodes of each pool; those of a pool that has a group in each zone together. */
function nodes(one: ReturnType<typeof capacityOf>[number] | undefined): Record<string, number[]> {
  const sums: Record<string, number[]> = {};
  for (const { pool } of one?.pools ?? []) {
    const name = pool.name.replace(/-us-east-1[abc]$/, "");
    sums[name] = Object.values(pool.nodes).map((count, level) => count + (sums[name]?.[level] ?? 0));
  }
  return sums;
}

test("staging has three nodes and two T4 (C2)", () => {
  const [aws] = capacityOf(readPlan("staging"));
  expect(nodes(aws)).toEqual({ general: [3, 3, 4], "gpu-t4": [2, 2, 2] });
});

describe("prod", () => {
  const [aws, linode] = capacityOf(readPlan("prod"));

  test("has the nodes of its configuration (C3, C4, C5)", () => {
    expect(nodes(aws)).toMatchObject({
      general: [9, 9, 20],
      "ai-compute-on-demand": [1, 2, 4],
      "ai-compute-spot": [2, 4, 16],
      "ai-spot-workers": [2, 4, 10],
      "data-storage": [6, 6, 8],
      "gpu-a10": [4, 4, 4],
    });
    expect(nodes(linode)).toMatchObject({ "baseline-production": [3, 3, 10], gpu: [2, 2, 2] });
  });

  test("has a place for each pod without any one node of AWS; on LKE both cards are taken, and a model waits for its node", () => {
    const waiting = (one: typeof aws) =>
      one?.nodes.flatMap(({ pool: lost, unplaced }) =>
        unplaced.map(({ group: { name }, count }) => [lost, name, count]),
      );
    expect(aws?.nodes.length).toBeGreaterThan(0);
    expect(waiting(aws)).toEqual([]);
    expect(waiting(linode)).toEqual([["gpu", "vllm", 1]]);
  });

  test("has on spot nodes stateless AI compute and batch, beside what is on every node, and nothing else (C4)", () => {
    const everywhere = new Set(["node-exporter", "istio-cni-node", "ztunnel", "fluent-bit"]);
    const onSpot = (aws?.pools ?? [])
      .filter(({ pool: { spot } }) => spot)
      .flatMap(({ at }) => levels.flatMap((level) => Object.keys(at[level].pods)))
      .filter((name) => ![...everywhere].some((agent) => name.endsWith(agent)));
    expect([...new Set(onSpot)].toSorted()).toEqual([
      "atlas-ai-production/ai-engine",
      "atlas-ai-production/data-anonymiser",
      "atlas-ai-production/ml-pipeline",
      "marketresearch/documents-sync",
      "marketresearch/embedder",
    ]);
  });

  test("places first what every node needs, whatever else is there", () => {
    const lowest = Math.min(
      ...podsOf(modelOf(readPlan("prod")))
        .filter(({ onEveryNode }) => onEveryNode)
        .map(({ priority }) => priority),
    );
    expect(lowest).toBeGreaterThanOrEqual(2_000_000_000);
  });

  test("keeps some of what is on spot nodes on demand, whatever its size (C4)", () => {
    const onDemand = (aws?.pools ?? []).filter(({ pool: { spot } }) => !spot);
    for (const name of ["ai-engine", "ml-pipeline"]) {
      for (const level of levels) {
        const counts = onDemand.map(({ at }) => at[level].pods[`atlas-ai-production/${name}`] ?? 0);
        expect(Math.max(...counts)).toBeGreaterThanOrEqual(1);
      }
    }
  });
});
