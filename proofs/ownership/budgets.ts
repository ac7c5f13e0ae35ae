import type { Workload } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** No pod is under two budgets: the API server then refuses every eviction, and no node can be drained. */
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

function selects(selector: Workload["selector"], { pod }: Workload): boolean {
  return (
    selector !== undefined && Object.entries(selector).every(([key, value]) => pod.labels?.[key] === value)
  );
}
