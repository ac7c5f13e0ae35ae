import { selectsLabels } from "../primitives/labels";
import { isServing, isUnschedulable, type Pod, type Replicated, type Workload } from "./objects";

/** What the scheduler, or the controller that was refused a pod, has to say; else where the pods are that do not serve. */
export function reasonOf(
  { metadata, spec, status }: Replicated & Partial<Pick<Workload, "status">>,
  pods: readonly Pod[],
): string {
  const idle = pods.filter(
    (pod) =>
      pod.metadata.namespace === metadata.namespace &&
      selectsLabels(spec.selector, pod.metadata.labels) &&
      !isServing(pod),
  );
  const refused = status?.conditions?.find(
    ({ type, status: is }) => type === "ReplicaFailure" && is === "True",
  );
  const message =
    refused?.message ??
    idle.find(isUnschedulable)?.status?.conditions?.find(({ type }) => type === "PodScheduled")?.message ??
    idle.map(whereabouts).join(", ");
  return message === "" ? "" : `: ${message}`;
}

function whereabouts({ metadata, spec, status }: Pod): string {
  const phase = metadata.deletionTimestamp === undefined ? (status?.phase ?? "new") : "on its way out";
  return `${metadata.name} is ${phase} on ${spec.nodeName ?? "no node"}`;
}
