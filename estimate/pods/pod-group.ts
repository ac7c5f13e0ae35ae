import type { AtLevels } from "../levels";
import type { Resources } from "../resources";
import type { Scheduling } from "../scheduling";

/** Pods of one kind, that a stack wants to have a number of. */
export interface PodGroup {
  /** Logical name of the Kubernetes provider: which cluster. */
  readonly provider: string;
  readonly namespace: string;
  readonly name: string;
  /** Kind of the object that they come from; `Release` for those that a chart makes. */
  readonly kind: string;
  readonly system: string;
  /** What one pod asks for. */
  readonly requests: Resources;
  /** How many; of groups with one for each node, none are counted here. */
  readonly replicas: AtLevels;
  /** One on each node that they may run on, as a DaemonSet has them. */
  readonly onEveryNode: boolean;
  readonly scheduling: Scheduling;
  /** True for members of a store that take over for others and have no vote: there is no quorum of theirs. */
  readonly standby?: true;
  /** Value of their priority class: who is placed first. */
  readonly priority: number;
}

/** The same number at every size. */
export function always(count: number): AtLevels {
  return { minimum: count, desired: count, maximum: count };
}
