import { ClusterAutoscaler } from "./autoscaler";
import type { DrillCluster } from "./drill-cluster";

/**
 * The pools as they were, and every workload whole again: first what is missing, so that what is too much can move. Pods
 * that lie otherwise than before may not all fit into as many nodes; then the autoscaler has the last word, as on a cloud.
 * Answers with the workloads that do not get whole, and why.
 */
export async function restore(cluster: DrillCluster): Promise<readonly string[]> {
  await cluster.bringBackNodes();
  await wholeWithAutoscaler(cluster);
  await cluster.removeAddedNodes();
  return wholeWithAutoscaler(cluster);
}

/** After a drill that broke off: every pool as it was, and no node closed to pods. */
export async function reopenNodes(cluster: DrillCluster): Promise<void> {
  await cluster.removeAddedNodes();
  for (const { metadata, spec } of await cluster.nodes()) {
    if (spec?.unschedulable) {
      await cluster.api.patch(`/api/v1/nodes/${metadata.name}`, { spec: { unschedulable: null } });
    }
  }
}

function wholeWithAutoscaler(cluster: DrillCluster): Promise<readonly string[]> {
  return new ClusterAutoscaler(cluster).during(() => cluster.whole());
}
