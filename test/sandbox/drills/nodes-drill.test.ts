import { drain } from "../../../drills/drain";
import { DrillCluster } from "../../../drills/drill-cluster";
import { gpuLoss } from "../../../drills/gpu-loss";
import { restore } from "../../../drills/restore";
import { rollingUpdate } from "../../../drills/rolling-update";
import { scaleOut } from "../../../drills/scale-out";
import { spotReclaim } from "../../../drills/spot-reclaim";
import { zoneOutage } from "../../../drills/zone-outage";
import {
  type AppOptions,
  app,
  careful,
  closed,
  create,
  drilled,
  identity,
  manager,
  patience,
  remove,
  useDrilledCluster,
} from "./drilled-cluster";

useDrilledCluster();

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
    expect(evidence[0]).toMatch(
      / without us-east-1a: 3 nodes lost, 1 of 3 pods with them, .* [12] nodes added/,
    );
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
      pools: expect.arrayContaining([
        "drill-test: general from 3 to 6 nodes of at most 6",
        expect.stringMatching(
          /^drill-test: 1 workloads answer to demand in time, last: .*hungry from 3 to 6 replicas [\d.]+ s after demand grew, of at most 60 s/,
        ),
      ]),
    });
  });

  test("fails, and says where the time goes, when an autoscaler waits longer than demand may", async () => {
    const { evidence, passed } = await drilled(
      scaleOut,
      app("patient", { ...hungry, maxReplicas: 4, waits: 60 }),
    );
    expect(passed).toBe(false);
    expect(evidence[0]).toMatch(
      /^drill-test: Deployment drilled\/patient from 3 to 4 replicas [\d.]+ s after demand grew, of at most 60 s \(.*60 s that it waits/,
    );
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
