import type { Plan } from "../../model/plan";
import { type ClusterCapacity, capacityOf, type PoolLoad } from "../capacity";
import { type AtLevels, atLevels, type Level } from "../levels";
import type { PodGroup } from "../pod-group";
import type { Pool } from "../pools";
import type { CostLine } from "./cost-line";
import { fixedCosts } from "./fixed";
import { priceOfNode } from "./node-price";

/** The nodes of one pool. */
export interface PoolCost extends CostLine {
  readonly pool: string;
  readonly cluster: string;
  readonly nodes: AtLevels;
  /** What the same nodes would cost on demand. */
  readonly onDemandUsd: AtLevels;
  /** Of its cost, what no pod asks for. */
  readonly unused: AtLevels;
}

/** An estimate of what a stack costs a month. */
export interface Cost {
  readonly stack: string;
  readonly pools: readonly PoolCost[];
  /** What is there at any load. */
  readonly fixed: readonly CostLine[];
  /** Pools' cost by the system whose pods take them up, and fixed cost by the system that asks for it. */
  readonly systems: readonly CostLine[];
  readonly total: AtLevels;
  /** How much spot nodes save against the same nodes on demand. */
  readonly spotSavings: AtLevels;
  /** What the tables have no price for. */
  readonly unpriced: readonly string[];
}

/** Of the nodes, what no pod asks for. */
export const unusedShare = "unused room on nodes";

/** What of a month's bill an estimate from a plan cannot know, or what is small against the rest. */
export const notCounted =
  "traffic, requests, logs, object storage, load balancers, persistent volumes, shared files, DNS, keys, WAF and taxes";

export function costOf(plan: Plan, clusters: readonly ClusterCapacity[] = capacityOf(plan)): Cost {
  const { lines: fixed, unpriced } = fixedCosts(plan);
  const priced = clusters.flatMap(({ cluster, pools: own }) =>
    own.flatMap(({ pool }) => poolCost(cluster.name, pool) ?? []),
  );
  const shares = clusters.flatMap((one) => sharesOfPools(one, priced));
  const pools = priced.map((pool) => ({ ...pool, unused: unusedOf(pool, shares) }));
  const lines = [...pools, ...fixed];
  return {
    stack: plan.stack,
    pools,
    fixed: fixed.map(({ item, usd }) => ({ item, usd })),
    systems: bySystem([...shares, ...fixed.map(({ system, usd }) => ({ system, usd }))]),
    total: atLevels((level) => total(lines, level)),
    spotSavings: atLevels((level) =>
      pools.reduce((sum, { onDemandUsd, usd }) => sum + onDemandUsd[level] - usd[level], 0),
    ),
    unpriced: [
      ...clusters.flatMap(({ pools: own }) =>
        own.flatMap(({ pool }) =>
          priceOfNode(pool) === undefined
            ? [`${pool.name}: ${pool.machines.map(({ type }) => type).join(", ")}`]
            : [],
        ),
      ),
      ...unpriced,
    ],
  };
}

type PricedPool = Omit<PoolCost, "unused">;

function poolCost(cluster: string, pool: Pool): PricedPool | undefined {
  const price = priceOfNode(pool);
  return (
    price && {
      item: `${cluster}: nodes of ${pool.name}`,
      pool: pool.name,
      cluster,
      nodes: pool.nodes,
      usd: atLevels((level) => pool.nodes[level] * price.usd),
      onDemandUsd: atLevels((level) => pool.nodes[level] * price.onDemandUsd),
    }
  );
}

interface SystemShare {
  readonly system: string;
  readonly usd: AtLevels;
}

interface PoolShare extends SystemShare {
  /** The pool's line. */
  readonly item: string;
}

function unusedOf({ item }: PricedPool, shares: readonly PoolShare[]): AtLevels {
  const own = shares.filter((share) => share.item === item && share.system === unusedShare);
  return atLevels((level) => total(own, level));
}

/** Each pool's cost, split among the systems whose pods are on it; what no pod asks for stays by itself. */
function sharesOfPools(
  { cluster, groups, pools }: ClusterCapacity,
  costs: readonly PricedPool[],
): readonly PoolShare[] {
  const byName = new Map(groups.map((group) => [`${group.namespace}/${group.name}`, group]));
  const systems = [...new Set(groups.map(({ system }) => system))];
  return pools.flatMap(({ pool, at }) => {
    const cost = costs.find((one) => one.cluster === cluster.name && one.pool === pool.name);
    if (cost === undefined) {
      return [];
    }
    const shareOf = (system: string, level: Level): number => shareOfLoad(at[level], byName, system);
    return [
      ...systems.map((system) => ({
        item: cost.item,
        system,
        usd: atLevels((level) => cost.usd[level] * shareOf(system, level)),
      })),
      {
        item: cost.item,
        system: unusedShare,
        usd: atLevels(
          (level) => cost.usd[level] * (1 - systems.reduce((sum, system) => sum + shareOf(system, level), 0)),
        ),
      },
    ];
  });
}

/** Pods take of a node with GPUs what they take of its GPUs, and of another one the mean of their CPU and memory. */
function shareOfLoad(
  { pods, allocatable }: PoolLoad,
  groups: ReadonlyMap<string, PodGroup>,
  system: string,
): number {
  const shares = Object.entries(pods).map(([name, count]) => {
    const group = groups.get(name);
    if (group === undefined || group.system !== system) {
      return 0;
    }
    const { cpuMillis, memoryMib, gpus } = group.requests;
    return allocatable.gpus > 0
      ? (count * gpus) / allocatable.gpus
      : (count * (cpuMillis / allocatable.cpuMillis + memoryMib / allocatable.memoryMib)) / 2;
  });
  return shares.reduce((sum, share) => sum + share, 0);
}

function bySystem(shares: readonly SystemShare[]): readonly CostLine[] {
  const systems = [...new Set(shares.map(({ system }) => system))];
  return systems
    .map((system) => {
      const own = shares.filter((share) => share.system === system);
      return { item: system, usd: atLevels((level) => total(own, level)) };
    })
    .filter(({ usd }) => usd.maximum > 0);
}

function total(lines: readonly { readonly usd: AtLevels }[], level: Level): number {
  return lines.reduce((sum, { usd }) => sum + usd[level], 0);
}
