import type { LabelSelector } from "../primitives/labels";
import type { DrillCluster } from "./drill-cluster";
import { type DisruptionBudget, type Pod, type Replicated, titleOf } from "./objects";
import { serving } from "./serving";

/** How many of some pods have to serve. */
export interface Minimum {
  /** `PodDisruptionBudget atlas/api`. */
  readonly of: string;
  readonly namespace: string;
  readonly selector: LabelSelector;
  readonly count: number;
  /** How many pods it keeps them of. */
  readonly pods: number;
  /** True where it must hold even while machines are lost: a quorum. */
  readonly always?: true;
}

/**
 * What the cluster promises of its pods: what each disruption budget keeps, that a workload with more than one replica keeps
 * one, and that a store of three members or more keeps its quorum. Budgets that select no pod promise nothing.
 */
export async function minimaOf(
  cluster: Pick<DrillCluster, "budgets" | "workloads" | "podSets">,
): Promise<readonly Minimum[]> {
  const [budgets, own] = await Promise.all([cluster.budgets(), cluster.workloads()]);
  const workloads = [...own, ...cluster.podSets];
  return [
    ...budgets.filter(({ status }) => (status?.expectedPods ?? 0) > 0).map(ofBudget),
    ...workloads.filter(({ spec }) => (spec.replicas ?? 1) > 1).map(ofWorkload),
    ...workloads.filter(votes).map(ofQuorum),
  ];
}

function ofBudget(budget: DisruptionBudget): Minimum {
  return {
    of: titleOf({ kind: "PodDisruptionBudget", metadata: budget.metadata }),
    namespace: budget.metadata.namespace ?? "",
    selector: budget.spec.selector ?? {},
    count: budget.status?.desiredHealthy ?? 0,
    pods: budget.status?.expectedPods ?? 0,
  };
}

function ofWorkload(workload: Replicated): Minimum {
  return {
    of: titleOf(workload),
    namespace: workload.metadata.namespace ?? "",
    selector: workload.spec.selector,
    count: 1,
    pods: workload.spec.replicas ?? 1,
  };
}

/** Followers of a Redis cluster take over for its leaders, and have no vote. */
function votes({ kind, metadata, spec }: Replicated): boolean {
  return kind !== "Deployment" && (spec.replicas ?? 1) > 2 && metadata.labels?.role !== "follower";
}

/** More than half of a store's members. */
function ofQuorum(workload: Replicated): Minimum {
  return {
    ...ofWorkload(workload),
    of: `the quorum of ${titleOf(workload)}`,
    count: Math.floor((workload.spec.replicas ?? 1) / 2) + 1,
    always: true,
  };
}

/**
 * What has to hold at the very moment when machines are lost: quorums, and one pod of everything else. Of what there is but one,
 * such as a database's primary, the machine may have been the one.
 */
export function atOnce(minima: readonly Minimum[]): readonly Minimum[] {
  return minima
    .filter(({ always, pods }) => always || pods > 1)
    .map((minimum) => ({
      ...minimum,
      count: minimum.always ? minimum.count : Math.min(1, minimum.count),
    }));
}

/** Which minima the pods do not reach just now. */
export function shortages(minima: readonly Minimum[], pods: readonly Pod[]): readonly string[] {
  return minima
    .map((minimum) => ({ minimum, now: serving(minimum, pods) }))
    .filter(({ minimum, now }) => now < minimum.count)
    .map(({ minimum, now }) => `${minimum.of} has ${now} of the ${minimum.count} pods that it is to keep`);
}

/** Watches minima for as long as it is on, and keeps the lowest that each has come to. */
export class AvailabilityGuard {
  private readonly lowest = new Map<Minimum, number>();
  private readonly stop: () => void;

  constructor(
    minima: readonly Minimum[],
    private readonly cluster: DrillCluster,
  ) {
    const look = (): void => {
      for (const minimum of minima) {
        const now = serving(minimum, cluster.live.all);
        this.lowest.set(minimum, Math.min(now, this.lowest.get(minimum) ?? now));
      }
    };
    look();
    this.stop = cluster.live.onChange(look);
  }

  /** Watches what the budgets and workloads of some clusters promise, each cluster for itself. */
  static ofAll(clusters: readonly DrillCluster[]): Promise<readonly AvailabilityGuard[]> {
    return Promise.all(
      clusters.map(async (cluster) => new AvailabilityGuard(await minimaOf(cluster), cluster)),
    );
  }

  /** Ends the watch, and tells which minima were not kept at some moment. */
  end(): { readonly broken: readonly string[]; readonly kept: string } {
    this.stop();
    const all = [...this.lowest];
    return {
      broken: all
        .filter(([{ count }, lowest]) => lowest < count)
        .map(
          ([minimum, lowest]) =>
            `${this.cluster.name}: ${minimum.of} went down to ${lowest}, and is to keep ${minimum.count}`,
        ),
      kept: `${this.cluster.name}: ${all.length} minima of disruption budgets and workloads watched throughout`,
    };
  }
}
