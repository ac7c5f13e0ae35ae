import { clusterName, modelOf } from "../model/expand";
import type { Plan } from "../model/plan";
import { type AtLevels, atLevels, type Level } from "./levels";
import { freeShare, nodesOf, type PlacedNode, type Placement, place, type Unplaced } from "./place";
import { type PodGroup, podsOf } from "./pod-group";
import { clustersOf, type PlannedCluster, type Pool } from "./pools";
import { type Resources, sum, times } from "./resources";

/** What one pool offers and what of it is taken, at one size. */
export interface PoolLoad {
  readonly nodes: number;
  readonly allocatable: Resources;
  readonly requested: Resources;
  /** Free resources of its emptiest node: a pod of no more than this still fits. Undefined without nodes. */
  readonly largestPod: Resources | undefined;
  /** Pods by group, `namespace/name`. */
  readonly pods: Readonly<Record<string, number>>;
}

export interface PoolCapacity {
  readonly pool: Pool;
  readonly at: AtLevels<PoolLoad>;
}

/** What becomes of a cluster when one zone is gone. */
export interface ZoneLoss {
  readonly zone: string;
  /** Pods without a place on the nodes that are left. */
  readonly atOnce: readonly Unplaced[];
  /** Pods without a place once autoscaling has made all nodes that the pools allow, in the other zones. */
  readonly afterScaling: readonly Unplaced[];
}

/** What becomes of a cluster when one node of a pool is gone, and none has taken its place yet. */
export interface NodeLoss {
  readonly pool: string;
  /** Undefined on a cloud without zones. */
  readonly zone: string | undefined;
  readonly unplaced: readonly Unplaced[];
}

export interface ClusterCapacity {
  readonly cluster: PlannedCluster;
  readonly groups: readonly PodGroup[];
  /** What all its pods ask for, those of each node left out: also known of a cluster whose nodes another stack plans. */
  readonly wanted: AtLevels<Resources>;
  /** What the pods of each node ask for on one that takes all of them. */
  readonly wantedOnEachNode: Resources;
  readonly pools: readonly PoolCapacity[];
  /** Its nodes at the desired size, with the pods on them. */
  readonly placed: readonly PlacedNode[];
  readonly unplaced: AtLevels<readonly Unplaced[]>;
  /** One for each pool and zone, at the desired size. */
  readonly nodes: readonly NodeLoss[];
  readonly zones: readonly ZoneLoss[];
}

/** Requested against allocatable, for each cluster that a stack's pods go to. */
export function capacityOf(plan: Plan): readonly ClusterCapacity[] {
  const groups = podsOf(modelOf(plan));
  return clustersOf(plan).map((planned) =>
    clusterCapacity(
      planned,
      groups.filter(({ cluster }) => cluster === clusterName(planned.provider)),
    ),
  );
}

export function clusterCapacity(cluster: PlannedCluster, groups: readonly PodGroup[]): ClusterCapacity {
  const placements = atLevels((level) => place(groups, nodesOf(cluster, level), countAt(level)));
  const zones = [...new Set(cluster.pools.flatMap((pool) => pool.zones))].toSorted();
  const owned = cluster.pools.length > 0;
  return {
    cluster,
    groups,
    wanted: atLevels((level) => sum(groups.map((group) => times(group.requests, countAt(level)(group))))),
    wantedOnEachNode: sum(groups.filter(({ onEveryNode }) => onEveryNode).map(({ requests }) => requests)),
    pools: cluster.pools.map((pool) => ({ pool, at: atLevels((level) => loadOf(pool, placements[level])) })),
    placed: placements.desired.nodes,
    unplaced: atLevels((level) => (owned ? placements[level].unplaced : [])),
    nodes: nodeLosses(cluster, groups),
    zones: zones.map((zone) => ({
      zone,
      atOnce: place(groups, nodesOf(cluster, "desired", { zone, refill: false }), countAt("desired"))
        .unplaced,
      afterScaling: place(groups, nodesOf(cluster, "maximum", { zone, refill: true }), countAt("desired"))
        .unplaced,
    })),
  };
}

function nodeLosses(cluster: PlannedCluster, groups: readonly PodGroup[]): readonly NodeLoss[] {
  return cluster.pools.flatMap((pool) => {
    const own = nodesOf(cluster, "desired").filter((node) => node.pool === pool);
    return [...new Set(own.map(({ zone }) => zone))].map((zone) => {
      const lost = own.find((node) => node.zone === zone)?.name;
      const left = nodesOf(cluster, "desired").filter(({ name }) => name !== lost);
      return { pool: pool.name, zone, unplaced: place(groups, left, countAt("desired")).unplaced };
    });
  });
}

function countAt(level: Level): (group: PodGroup) => number {
  return ({ replicas }) => replicas[level];
}

function loadOf(pool: Pool, { nodes }: Placement): PoolLoad {
  const own = nodes.filter((node) => node.pool === pool);
  return {
    nodes: own.length,
    allocatable: sum(own.map(({ allocatable }) => allocatable)),
    requested: sum(own.flatMap(({ pods }) => pods.map(({ requests }) => requests))),
    largestPod: emptiest(own)?.free,
    pods: countByName(own.flatMap(({ pods }) => pods)),
  };
}

function countByName(pods: readonly PodGroup[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of pods.map((pod) => `${pod.namespace}/${pod.name}`).toSorted()) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

function emptiest(nodes: readonly PlacedNode[]): PlacedNode | undefined {
  return nodes.toSorted((one, other) => freeShare(other) - freeShare(one))[0];
}
