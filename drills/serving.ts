import { type LabelSelector, selectsLabels } from "../primitives/labels";
import { isServing, type Pod } from "./objects";

/** How many of the pods that a selector takes in serve. */
export function serving(
  { namespace, selector }: { readonly namespace: string; readonly selector: LabelSelector },
  pods: readonly Pod[],
): number {
  return pods.filter(
    (pod) =>
      pod.metadata.namespace === namespace && selectsLabels(selector, pod.metadata.labels) && isServing(pod),
  ).length;
}
