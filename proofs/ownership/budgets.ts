import type { Model, ModelObject, Workload } from "../../model/model";
import { podsOf } from "../hygiene/rollouts";
import { autoscaled } from "../names/at-most";
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
      const over = model.workloads
        .filter(({ kind }) => !kind.endsWith("Job"))
        .filter(
          (one) => one.cluster === cluster && one.namespace === namespace && selects(budget.selector, one),
        );
      if (minAvailable !== undefined && maxUnavailable !== undefined) {
        return fault(
          budget,
          "it says both how many have to be there and how many may be missing: the API server refuses it",
        );
      }
      const isKnown = over.every((one) => one.replicas !== undefined || autoscaled(model, one) !== undefined);
      const pods = over.reduce((total, one) => total + fewestOf(model, one), 0);
      // Shares of pods that have to be there, and of those that may be missing, are both rounded up.
      const free =
        maxUnavailable === undefined
          ? pods - podsOf(minAvailable ?? 0, pods, Math.ceil)
          : podsOf(maxUnavailable, pods, Math.ceil);
      const isShut =
        maxUnavailable === 0 ||
        maxUnavailable === "0%" ||
        minAvailable === "100%" ||
        (isKnown && pods > 0 && free < 1);
      return isShut
        ? fault(budget, "none of its pods may ever be evicted: their nodes cannot be drained")
        : undefined;
    },
  );

/** How many pods a workload has at night: its autoscaler may leave fewer than it starts with. */
function fewestOf(model: Model, workload: Workload): number {
  const { replicas } = workload;
  const fewest = autoscaled(model, workload)?.minimum ?? replicas ?? 1;
  return Math.min(replicas ?? fewest, fewest);
}

function fault(budget: ModelObject, rule: string) {
  return {
    object: nameOf(budget),
    rule,
    source: "Kubernetes, disruptions: a budget without room for one blocks the maintenance of nodes",
    fix: "let one pod go: maxUnavailable 1",
  };
}

function selects(selector: Workload["selector"], { pod }: Workload): boolean {
  return (
    selector !== undefined && Object.entries(selector).every(([key, value]) => pod.labels?.[key] === value)
  );
}
