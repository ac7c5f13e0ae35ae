import type { Level } from "./levels";
import type { PodGroup } from "./pod-group";
import type { PlannedCluster, Pool } from "./pools";
import { minus, type Resources, shortOf } from "./resources";
import { preference, type Scheduling, selects, tolerates } from "./scheduling";

/** A node as a pool would have it. */
export interface PlacedNode {
  readonly pool: Pool;
  readonly name: string;
  readonly zone: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly allocatable: Resources;
  free: Resources;
  readonly pods: PodGroup[];
}

/** Pods for which no node is left, with the first thing that was missing wherever they may run. */
export interface Unplaced {
  readonly group: PodGroup;
  readonly count: number;
  /** `apart`: there is room, but only beside another pod of its kind, which it must avoid. */
  readonly cause: "apart" | "room" | "nowhere";
  readonly reason: string;
}

/** Which pods go where. */
export interface Placement {
  readonly nodes: readonly PlacedNode[];
  readonly unplaced: readonly Unplaced[];
}

const zoneLabel = "topology.kubernetes.io/zone";
const hostLabel = "kubernetes.io/hostname";

/** Labels that every kubelet of the pools' machines gives its node. */
const kubeletLabels = { "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64" };

/**
 * Nodes of a cluster at one size.
 *
 * @param without a zone that is lost: with `refill` its nodes come up in the others, as far as the pools' maximum goes
 */
export function nodesOf(
  cluster: PlannedCluster,
  level: Level,
  without?: { readonly zone: string; readonly refill: boolean },
): readonly PlacedNode[] {
  return cluster.pools.flatMap((pool) => {
    const zones = without?.refill ? pool.zones.filter((zone) => zone !== without.zone) : pool.zones;
    return Array.from({ length: pool.nodes[level] }, (_, index) => nodeOf(pool, zones, index)).filter(
      ({ zone }) => without === undefined || zone !== without.zone,
    );
  });
}

function nodeOf(pool: Pool, zones: readonly string[], index: number): PlacedNode {
  const zone = zones[index % Math.max(1, zones.length)];
  const machine = pool.machines[index % pool.machines.length];
  if (machine === undefined) {
    throw new Error(`the pool ${pool.name} has no machine`);
  }
  const name = `${pool.name}-${index + 1}`;
  return {
    pool,
    name,
    zone,
    labels: {
      ...kubeletLabels,
      ...pool.labels,
      [hostLabel]: name,
      ...(zone !== undefined && { [zoneLabel]: zone }),
    },
    allocatable: machine.allocatable,
    free: machine.allocatable,
    pods: [],
  };
}

/**
 * Puts pods on nodes as the scheduler would, one after the other and none moved again: first those of every node, then by
 * priority and size. Among the nodes that fit, a pod takes the one that it likes best, then one of a zone and of a host
 * with the fewest of its own kind, then the emptiest.
 */
export function place(
  groups: readonly PodGroup[],
  nodes: readonly PlacedNode[],
  countOf: (group: PodGroup) => number,
): Placement {
  const unplaced: Unplaced[] = [];
  for (const group of groups.filter(({ onEveryNode }) => onEveryNode)) {
    const wanted = nodes.filter((node) => mayRunOn(group.scheduling, node));
    const full = wanted.filter((node) => shortOf(group.requests, node.free).length > 0);
    for (const node of wanted.filter((one) => !full.includes(one))) {
      put(group, node);
    }
    if (full.length > 0) {
      unplaced.push({ group, count: full.length, ...reasonOf(group, full) });
    }
  }
  for (const group of groups.filter(({ onEveryNode }) => !onEveryNode).toSorted(byImportance)) {
    for (let left = countOf(group); left > 0; left -= 1) {
      const node = best(group, nodes);
      if (node === undefined) {
        unplaced.push({ group, count: left, ...reasonOf(group, nodes) });
        break;
      }
      put(group, node);
    }
  }
  return { nodes, unplaced };
}

function byImportance(one: PodGroup, other: PodGroup): number {
  return (
    other.priority - one.priority ||
    other.requests.gpus - one.requests.gpus ||
    other.scheduling.apart.length - one.scheduling.apart.length ||
    other.requests.cpuMillis - one.requests.cpuMillis ||
    other.requests.memoryMib - one.requests.memoryMib ||
    `${one.namespace}/${one.name}`.localeCompare(`${other.namespace}/${other.name}`, "en")
  );
}

function put(group: PodGroup, node: PlacedNode): void {
  node.free = minus(node.free, group.requests);
  node.pods.push(group);
}

function mayRunOn(scheduling: Scheduling, node: PlacedNode): boolean {
  return selects(scheduling, node.labels) && tolerates(scheduling, node.pool.taints);
}

function best(group: PodGroup, nodes: readonly PlacedNode[]): PlacedNode | undefined {
  const allowed = nodes.filter((node) => mayRunOn(group.scheduling, node));
  const fitting = allowed.filter(
    (node) =>
      shortOf(group.requests, node.free).length === 0 &&
      isApart(group, node, nodes) &&
      isSpread(group, node, allowed),
  );
  const score = (node: PlacedNode): readonly number[] => [
    -preference(group.scheduling, node.labels, node.pool.taints),
    ownPods(
      group,
      nodes.filter(({ zone }) => zone === node.zone),
    ),
    ownPods(group, [node]),
    -freeShare(node),
  ];
  return fitting.map((node) => ({ node, score: score(node) })).toSorted(byScore)[0]?.node;
}

function byScore(
  one: { readonly score: readonly number[] },
  other: { readonly score: readonly number[] },
): number {
  const index = one.score.findIndex((value, position) => value !== other.score[position]);
  return index === -1 ? 0 : (one.score[index] ?? 0) - (other.score[index] ?? 0);
}

function isApart(group: PodGroup, node: PlacedNode, nodes: readonly PlacedNode[]): boolean {
  return group.scheduling.apart.every((label) => {
    const sharing = nodes.filter(
      (other) => other.labels[label] === node.labels[label] && label in node.labels,
    );
    return ownPods(group, sharing) === 0;
  });
}

/** Whether one more pod on the node leaves the values of each label as even as the group's pods have to be. */
function isSpread(group: PodGroup, node: PlacedNode, allowed: readonly PlacedNode[]): boolean {
  return group.scheduling.spread.every(({ label, maxSkew }) => {
    const own = node.labels[label];
    if (own === undefined) return false;
    const values = new Set(allowed.flatMap(({ labels }) => labels[label] ?? []));
    const count = (value: string): number =>
      ownPods(
        group,
        allowed.filter(({ labels }) => labels[label] === value),
      );
    return count(own) + 1 - Math.min(...[...values].map(count)) <= maxSkew;
  });
}

function ownPods(group: PodGroup, nodes: readonly PlacedNode[]): number {
  return nodes.reduce((count, { pods }) => count + pods.filter((pod) => pod === group).length, 0);
}

/** The free share of a node's CPU or memory, of the scarcer one, from 0 to 1. */
export function freeShare({ free, allocatable }: Pick<PlacedNode, "free" | "allocatable">): number {
  return Math.min(free.cpuMillis / allocatable.cpuMillis, free.memoryMib / allocatable.memoryMib);
}

function reasonOf(group: PodGroup, nodes: readonly PlacedNode[]): Pick<Unplaced, "cause" | "reason"> {
  const allowed = nodes.filter((node) => mayRunOn(group.scheduling, node));
  if (allowed.length === 0) {
    return {
      cause: "nowhere",
      reason: "no node has the labels that it selects and only taints that it tolerates",
    };
  }
  const roomy = allowed.filter((node) => shortOf(group.requests, node.free).length === 0);
  if (roomy.some((node) => isApart(group, node, nodes))) {
    return { cause: "room", reason: "no room where it would leave its kind evenly spread" };
  }
  if (roomy.length > 0) {
    const domains = group.scheduling.apart.map((label) => (label === zoneLabel ? "zone" : "node"));
    return { cause: "apart", reason: `each ${domains.join(" and ")} with room has one of its kind` };
  }
  const names = {
    cpuMillis: "CPU",
    memoryMib: "memory",
    diskMib: "disk",
    gpus: "GPUs",
    pods: "room for one more pod",
  } as const;
  const missing = new Set(allowed.flatMap((node) => shortOf(group.requests, node.free)));
  const what = [...missing].map((name) => names[name]).join(" or ");
  const where = allowed.length === 1 ? "the one node" : `each of the ${allowed.length} nodes`;
  return { cause: "room", reason: `not enough ${what} on ${where} where it may run` };
}
