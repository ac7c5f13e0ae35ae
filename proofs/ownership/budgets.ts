import type { Workload } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** No pod has two budgets: the API server would then refuse every eviction, and no node could be drained. */
export const oneBudget: Check = ({ model }) => {
  const budgets = model.of("PodDisruptionBudget");
  const staying = model.workloads.filter(({ hook, kind }) => hook === undefined && !kind.endsWith("Job"));
  return each(staying, (workload) => {
    const over = budgets.filter(
      ({ cluster, namespace, selector }) =>
        cluster === workload.cluster && namespace === workload.namespace && selects(selector, workload),
    );
    return over.length < 2
      ? undefined
      : {
          object: nameOf(workload),
          rule: `its pods are under ${over.length} budgets: ${over.map(({ name }) => name).join(", ")}`,
          source: "Kubernetes, API-initiated eviction: a pod with several PodDisruptionBudgets answers 500",
          fix: "keep the budget of one maker, and switch the other's off",
        };
  });
};

/**
 * A budget allows at least one eviction: otherwise no node can be drained. Operators of a single pod move its
 * work away first.
 */
export const budgetsLetGo: Check = ({ model }) =>
  each(
    model.of("PodDisruptionBudget").filter(({ origin }) => origin.by !== "operator"),
    (budget) => {
      const { cluster, namespace, minAvailable, maxUnavailable } = budget;
      const counts = model.workloads
        .filter(({ kind }) => !kind.endsWith("Job"))
        .filter(
          (one) => one.cluster === cluster && one.namespace === namespace && selects(budget.selector, one),
        )
        .map(({ replicas }) => replicas);
      const pods = counts.includes(undefined)
        ? undefined
        : counts.reduce<number>((total, count = 0) => total + count, 0);
      const isShut =
        maxUnavailable === 0 ||
        maxUnavailable === "0%" ||
        minAvailable === "100%" ||
        (typeof minAvailable === "number" && pods !== undefined && pods > 0 && minAvailable >= pods);
      return isShut
        ? {
            object: nameOf(budget),
            rule: "none of its pods may ever be evicted: their nodes cannot be drained",
            source: "Kubernetes, disruptions: a budget without room for one blocks the maintenance of nodes",
            fix: "let one pod go: maxUnavailable 1",
          }
        : undefined;
    },
  );

function selects(selector: Workload["selector"], { pod }: Workload): boolean {
  return (
    selector !== undefined && Object.entries(selector).every(([key, value]) => pod.labels?.[key] === value)
  );
}
