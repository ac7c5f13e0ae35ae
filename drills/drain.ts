import { ClusterAutoscaler } from "./autoscaler";
import { AvailabilityGuard, minimaOf } from "./availability";
import { type Drill, outcome } from "./drill";
import type { DrillCluster } from "./drill-cluster";
import { onEachCluster } from "./each-cluster";
import { type DisruptionBudget, titleOf } from "./objects";
import { restore } from "./restore";

/** Each node in turn, as an upgrade of the nodes would do it. (K3, R3) */
export const drain: Drill = {
  name: "drain",
  promise: "each node in turn can be emptied through the Eviction API: never stuck, never under a minimum",
  run: (context) => onEachCluster(context.clusters, drainNodes),
};

async function drainNodes(cluster: DrillCluster) {
  const nodes = await cluster.nodes();
  if (nodes.length < 2) {
    return outcome([], [`${cluster.name}: it has one node, and its pods nowhere to go`]);
  }
  const guard = new AvailabilityGuard(await minimaOf(cluster), cluster);
  const autoscaler = new ClusterAutoscaler(cluster);
  const broken: string[] = [];
  let evicted = 0;
  let returned = 0;
  await autoscaler.during(async () => {
    for (const { metadata } of nodes) {
      const { stuck, moved, waiting } = await drainNode(cluster, metadata.name);
      evicted += moved;
      returned += waiting;
      broken.push(...stuck);
    }
  });
  const { broken: missed, kept } = guard.end();
  const left = await restore(cluster);
  return outcome(
    [...broken, ...missed, ...left],
    [
      `${cluster.name}: ${nodes.length} nodes drained, ${evicted} pods moved, ` +
        `${returned} of them only when the node was back, ${autoscaler.added} nodes added on the way`,
      kept,
    ],
  );
}

interface Drained {
  /** Pods that did not leave, and workloads that did not become whole again. */
  readonly stuck: readonly string[];
  /** How many pods left. */
  readonly moved: number;
  /** How many of those no other node took: they wait for this one to come back. */
  readonly waiting: number;
}

/** Cordons a node and evicts its pods until none is left, or until nothing has moved for long enough. */
async function drainNode(cluster: DrillCluster, node: string): Promise<Drained> {
  await cluster.api.patch(`/api/v1/nodes/${node}`, { spec: { unschedulable: true } });
  const names = new Set([node]);
  const moved = new Set<string>();
  const emptied = async (): Promise<boolean> => {
    const waiting = cluster
      .movablePods(names)
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    await Promise.all(
      waiting.map(async (pod) => {
        if (await cluster.evict(pod)) {
          moved.add(pod.metadata.uid ?? "");
        }
      }),
    );
    return cluster.movablePods(names).length === 0;
  };
  let empty = await cluster.settled(emptied);
  while (!empty && (await cluster.budgets()).some(remembers)) {
    empty = await cluster.settled(emptied);
  }
  const stuck = empty
    ? []
    : cluster
        .movablePods(names)
        .map(
          (pod) =>
            `${cluster.name}: ${titleOf(pod)} cannot leave ${node}: its disruption budget never allows it`,
        );
  const waiting = empty ? await cluster.withoutNode() : [];
  await cluster.api.patch(`/api/v1/nodes/${node}`, { spec: { unschedulable: null } });
  // The node is back, and what was moved serves again, before the next one goes: every upgrade waits for both.
  const whole = empty ? await cluster.whole() : [];
  return { stuck: [...stuck, ...whole], moved: moved.size, waiting: waiting.length };
}

/**
 * A busy controller may miss the moment between an evicted pod and the one of the same name that takes its place. It then counts
 * the new one as evicted for two minutes, and lets no other go.
 */
export function remembers({ status }: DisruptionBudget): boolean {
  return Object.keys(status?.disruptedPods ?? {}).length > 0;
}
