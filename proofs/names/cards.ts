import { capacityOf } from "../../estimate/capacity";
import { clusterName } from "../../model/expand";
import { type Fault, nameOf } from "../proof";
import { type Check, nothing } from "../verdict";

const source =
  "Kubernetes, device plugins: a card is one pod's; a run whose workers do not all find a card holds those that it has, and waits";

/**
 * All workloads with cards find them at once, each pool at its largest: what serves, and the workers of every job beside it.
 * A cluster that another stack plans is judged with that stack.
 */
export const cardsAreEnough: Check = ({ model, plan }) => {
  if (plan === undefined) return nothing;
  const clusters = capacityOf(plan).filter(({ cluster }) => cluster.pools.length > 0);
  const asking = clusters.flatMap(({ groups }) => groups.filter(({ requests }) => requests.gpus > 0));
  const faults = clusters.flatMap(({ cluster, unplaced }) =>
    unplaced.maximum
      .filter(({ group }) => group.requests.gpus > 0)
      .map(({ group, count, reason }): Fault => {
        const workload = model.workloads.find(
          (one) =>
            one.cluster === clusterName(cluster.provider) &&
            one.namespace === group.namespace &&
            one.kind === group.kind &&
            one.name === group.name,
        );
        return {
          object: workload === undefined ? `${group.namespace}/${group.name}` : nameOf(workload),
          rule: `${count} of its ${group.replicas.maximum} pods with cards have no place beside all others: ${reason}`,
          source,
          fix: "raise the maximum of the pool, or give the workload a pool of its own (trainingPool for training)",
        };
      }),
  );
  return { checks: asking.length, faults };
};
