import { type Fault, nameOf } from "../proof";
import type { Check } from "../verdict";
import { pooledClusters } from "./pooled-clusters";

const source =
  "Kubernetes, device plugins: a card is one pod's; a run whose workers do not all find a card holds those that it has, and waits";

/**
 * All workloads with cards find them at once, each pool at its largest: what serves, and the workers of every job beside it.
 * A cluster that another stack plans is judged with that stack.
 */
export const cardsAreEnough: Check = (evidence) => {
  const clusters = pooledClusters(evidence);
  const asking = clusters.flatMap(({ groups }) => groups.filter(({ requests }) => requests.gpus > 0));
  const faults = clusters.flatMap(({ unplacedAt }) =>
    unplacedAt("maximum")
      .filter(({ group }) => group.requests.gpus > 0)
      .map(
        ({ group, count, reason }): Fault => ({
          object: nameOf(group),
          rule: `${count} of its ${group.replicas.maximum} pods with cards have no place beside all others: ${reason}`,
          source,
          fix: "raise the maximum of the pool, or give the workload a pool of its own (trainingPool for training)",
        }),
      ),
  );
  return { checks: asking.length, faults };
};
