import type { Level } from "../../estimate/levels";
import { nodesOf, place, type Unplaced } from "../../estimate/place";
import { type PodGroup, podsOf } from "../../estimate/pod-group";
import { clustersOf, type PlannedCluster } from "../../estimate/pools";
import { clusterName } from "../../model/expand";
import type { Evidence } from "../proof";

/** A cluster whose nodes the plan has, with its pods. */
export interface PooledCluster {
  readonly cluster: PlannedCluster;
  readonly groups: readonly PodGroup[];
  /** Pods that find no node when pools and workloads have a size. */
  readonly unplacedAt: (size: Level) => readonly Unplaced[];
}

/** The clusters of a plan that have pools; the nodes of others are another stack's. */
export function pooledClusters({ model, plan }: Evidence): readonly PooledCluster[] {
  if (plan === undefined) {
    return [];
  }
  const pods = podsOf(model);
  return clustersOf(plan)
    .filter(({ pools }) => pools.length > 0)
    .map((cluster) => {
      const groups = pods.filter((group) => group.cluster === clusterName(cluster.provider));
      return {
        cluster,
        groups,
        unplacedAt: (size) =>
          place(groups, nodesOf(cluster, size), ({ replicas }) => replicas[size]).unplaced,
      };
    });
}
