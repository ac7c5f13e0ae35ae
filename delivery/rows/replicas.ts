import type { ClusterState } from "../cluster/cluster-state";
import type { ObjectOf, Workload } from "../cluster/kinds";

/** The autoscaler of a Deployment, if it has one. */
export function autoscalerOf(
  state: ClusterState,
  { metadata }: Workload,
): ObjectOf<"HorizontalPodAutoscaler"> | undefined {
  return state
    .all("HorizontalPodAutoscaler", metadata.namespace)
    .find(
      ({ spec }) => spec.scaleTargetRef.kind === "Deployment" && spec.scaleTargetRef.name === metadata.name,
    );
}

/** An autoscaler's minimum; undefined without one. */
export function fewestReplicas(state: ClusterState, deployment: Workload): number | undefined {
  return autoscalerOf(state, deployment)?.spec.minReplicas;
}
