import { setTimeout as sleep } from "node:timers/promises";
import { requestsOf } from "../estimate/requests";
import { minus, parseResources, type Resources, shortOf } from "../estimate/resources";
import { type Scheduling, schedulingOf, selects, tolerates } from "../estimate/scheduling";
import { podFactsOf } from "../model/facts/of-pod";
import type { DrillCluster } from "./drill-cluster";
import type { ElasticPool } from "./elastic-pool";
import type { Pod } from "./objects";

/** A pool that may not grow further though pods wait for it, and what they ask for. */
export interface Shortfall {
  readonly pods: readonly Pod[];
  /** Pools that would take the pods and are at their maximum; none: no pool would take them. */
  readonly pools: readonly ElasticPool[];
}

/**
 * Does in the sandbox what the cluster autoscaler does on a cloud: as long as it runs, pods that no node has room for get
 * new nodes, within the pools' limits, and of the pools that would do the one that leaves least of a node idle.
 */
export class ClusterAutoscaler {
  /** Nodes that were made for a pod and did not help it: its zone, its volume or its kind is in the way. */
  private readonly tries = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly cluster: Pick<DrillCluster, "unschedulable" | "pools" | "zones" | "countOf" | "addNode">,
    private readonly options: {
      /** Pools that cannot grow now; default: all can. */
      readonly mayGrow?: (pool: ElasticPool) => boolean;
      /** Zones without available nodes. */
      readonly lostZones?: readonly string[];
    } = {},
  ) {}

  /** How many nodes it has made. */
  get added(): number {
    return this.count;
  }

  /** Runs as long as some work does, however that ends. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    const end = new AbortController();
    const running = this.loop(end.signal);
    try {
      return await work();
    } finally {
      end.abort();
      await running;
    }
  }

  /** What pods still wait for, by the pools that could have served them. */
  async shortfalls(): Promise<readonly Shortfall[]> {
    const byPools = new Map<string, Shortfall>();
    for (const pod of this.cluster.unschedulable) {
      const pools = this.cluster.pools.filter((pool) => takes(pool, pod));
      const key = pools.map(({ spec }) => spec.name).join();
      byPools.set(key, { pools, pods: [...(byPools.get(key)?.pods ?? []), pod] });
    }
    return [...byPools.values()];
  }

  private async loop(end: AbortSignal): Promise<void> {
    while (!end.aborted) {
      await this.step();
      await sleep(300);
    }
  }

  /** Nodes for all pods that wait now, as many as they fill. */
  private async step(): Promise<void> {
    const waiting = this.cluster.unschedulable.filter(
      ({ metadata }) => (this.tries.get(metadata.uid ?? "") ?? 0) < this.usefulTries,
    );
    const planned: { readonly pool: ElasticPool; free: Resources }[] = [];
    for (const pod of waiting) {
      this.tries.set(pod.metadata.uid ?? "", (this.tries.get(pod.metadata.uid ?? "") ?? 0) + 1);
      const { requests } = needsOf(pod);
      const open = planned.find(({ pool, free }) => takes(pool, pod) && shortOf(requests, free).length === 0);
      if (open !== undefined) {
        open.free = minus(open.free, requests);
        continue;
      }
      const pool = await this.poolFor(
        pod,
        planned.map((one) => one.pool),
      );
      if (pool !== undefined) {
        planned.push({ pool, free: minus(roomOf(pool), requests) });
      }
    }
    for (const { pool } of planned) {
      const zones = pool.spec.zones.filter((zone) => !this.options.lostZones?.includes(zone));
      await this.cluster.addNode(pool, zones);
      this.count += 1;
    }
    if (planned.length > 0) {
      // The scheduler looks again as soon as a node is there; until it has, its pods still look as if they waited.
      await sleep(1_500);
    }
  }

  /** Once in each zone, for a pod whose volume or kind wants one of them. */
  private get usefulTries(): number {
    return Math.max(2, this.cluster.zones.length);
  }

  private async poolFor(pod: Pod, alreadyGrowing: readonly ElasticPool[]): Promise<ElasticPool | undefined> {
    const { mayGrow = () => true, lostZones = [] } = this.options;
    const candidates: ElasticPool[] = [];
    for (const pool of this.cluster.pools) {
      const count = (await this.cluster.countOf(pool)) + alreadyGrowing.filter((one) => one === pool).length;
      const hasZone =
        pool.spec.zones.length === 0 || pool.spec.zones.some((zone) => !lostZones.includes(zone));
      if (count < pool.maximum && hasZone && mayGrow(pool) && takes(pool, pod)) {
        candidates.push(pool);
      }
    }
    return candidates.toSorted((one, other) => roomOf(one).cpuMillis - roomOf(other).cpuMillis)[0];
  }
}

/** True when an empty node of the pool would take the pod. */
export function takes(pool: ElasticPool, pod: Pod): boolean {
  const { requests, scheduling } = needsOf(pod);
  return (
    selects(scheduling, { ...pool.spec.labels, ...pool.spec.instanceTypes[0]?.labels }) &&
    tolerates(scheduling, pool.spec.taints) &&
    shortOf(requests, roomOf(pool)).length === 0
  );
}

function roomOf(pool: ElasticPool): Resources {
  return parseResources(pool.spec.instanceTypes[0]?.allocatable ?? {});
}

export function needsOf(pod: Pod): { readonly requests: Resources; readonly scheduling: Scheduling } {
  const facts = podFactsOf(pod);
  return { requests: requestsOf(facts), scheduling: schedulingOf(facts) };
}
