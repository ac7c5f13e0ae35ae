import type { PodGroup } from "../../../estimate/pods";
import { anywhere } from "../../../estimate/scheduling";
import { needsOf } from "../../../sandbox/drills/autoscaler";
import { DrillCluster } from "../../../sandbox/drills/drill-cluster";
import { rollingUpdate } from "../../../sandbox/drills/rolling-update";
import { putStandIns, removeStandIns } from "../../../sandbox/drills/stand-ins";
import { zoneOutage } from "../../../sandbox/drills/zone-outage";
import {
  closed,
  identity,
  idle,
  limits,
  manager,
  namespace,
  patience,
  useDrilledCluster,
} from "./drilled-cluster";

useDrilledCluster();

describe("stand-ins for stores and charts", () => {
  const store: PodGroup = {
    provider: "aws-kubernetes",
    namespace,
    name: "kafka",
    kind: "KafkaNodePool",
    system: "atlas",
    requests: { cpuMillis: 500, memoryMib: 512, gpus: 0, pods: 1 },
    replicas: { minimum: 3, desired: 3, maximum: 3 },
    onEveryNode: false,
    scheduling: {
      ...anywhere,
      nodeSelector: { pool: "general" },
      apart: ["topology.kubernetes.io/zone"],
      kindLabels: { "strimzi.io/name": "kafka" },
    },
    priority: 0,
  };
  const agent: PodGroup = {
    ...store,
    name: "agent",
    kind: "Release",
    onEveryNode: true,
    scheduling: anywhere,
    // As the API server has it for system-node-critical, which every cluster has.
    priority: 2_000_001_000,
  };

  async function withStandIns<Result>(
    groups: readonly PodGroup[],
    work: (cluster: DrillCluster) => Promise<Result>,
  ): Promise<Result> {
    const cluster = await DrillCluster.open(manager, identity, limits, patience);
    try {
      expect(await putStandIns(cluster, groups)).toEqual([]);
      expect(await cluster.whole()).toEqual([]);
      return await work(cluster);
    } finally {
      await closed(cluster, () => removeStandIns(cluster));
    }
  }

  test("they are as many and as large as the real ones, have their labels, and go away again", async () => {
    await withStandIns([store, agent], async (cluster) => {
      const members = cluster.live.all.filter(
        ({ metadata }) => metadata.labels?.["strimzi.io/name"] === "kafka",
      );
      expect(members.map((pod) => needsOf(pod).requests)).toEqual([
        store.requests,
        store.requests,
        store.requests,
      ]);
      expect(new Set(members.map(({ spec }) => spec.nodeName)).size).toBe(3);
      // One on each of the five nodes whose taints it need not tolerate.
      const agents = () => cluster.live.all.length - members.length;
      await cluster.settled(() => agents() === 5);
      expect(agents()).toBe(5);
      const classes = new Set(cluster.live.all.map(({ spec }) => spec.priorityClassName));
      expect(classes).toEqual(new Set([undefined, "system-node-critical"]));
    });
  });

  test("members of a chart's store that are kept apart are updated where they are", async () => {
    const chart: PodGroup = { ...store, name: "qdrant", kind: "Release" };
    const { passed, evidence } = await withStandIns([chart], (cluster) =>
      rollingUpdate.run({ stack: "test", clusters: [cluster], engine: idle }),
    );
    expect({ passed, evidence }).toEqual({ passed: true, evidence: expect.anything() });
  });

  test("a store that is kept apart by zone keeps its quorum without one", async () => {
    const { passed, evidence } = await withStandIns([store], (cluster) =>
      zoneOutage.run({ stack: "test", clusters: [cluster], engine: idle }),
    );
    expect({ passed, broken: evidence.filter((line) => line.includes("quorum")) }).toEqual({
      passed: true,
      broken: [],
    });
  });

  const together = { ...anywhere, nodeSelector: { "kubernetes.io/hostname": "general-us-east-1a-1" } };
  const withoutZoneA = (evidence: readonly string[]) =>
    evidence.filter((line) => line.startsWith("drill-test without us-east-1a: at once"));

  test.each([
    ["loses its quorum with their zone", undefined, ["the quorum of ", ""]],
    ["has no quorum to lose where they have no vote", true as const, [""]],
  ])("a store whose members may be together %s", async (_, standby, lost) => {
    const { passed, evidence } = await withStandIns(
      [{ ...store, standby, scheduling: together }],
      (cluster) => zoneOutage.run({ stack: "test", clusters: [cluster], engine: idle }),
    );
    expect(passed).toBe(false);
    expect(
      withoutZoneA(evidence)
        .map((line) => line.match(/at once, (.*)StatefulSet/)?.[1])
        .toSorted(),
    ).toEqual(lost.toSorted());
  });
});
