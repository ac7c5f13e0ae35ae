import { ClusterAutoscaler } from "./autoscaler";
import { AvailabilityGuard, minimaOf } from "./availability";
import { type Drill, outcome } from "./drill";
import type { DrillCluster } from "./drill-cluster";
import { onEachCluster } from "./each-cluster";
import { titleOf, type Workload } from "./objects";
import { reasonOf } from "./reason";
import { restore } from "./restore";

/** The annotation that `kubectl rollout restart` puts on a pod's template. */
const restarted = "kubectl.kubernetes.io/restartedAt";

/** A new version of every workload. (A1-N1) */
export const rollingUpdate: Drill = {
  name: "rolling-update",
  promise: "every workload can be updated, and never falls under what it or its disruption budget promises",
  run: ({ clusters }) => onEachCluster(clusters, updateAll),
};

async function updateAll(cluster: DrillCluster) {
  const workloads = (await cluster.workloads()).filter(({ spec }) => (spec.replicas ?? 1) > 0);
  const own = workloads.map((workload) => ({
    of: titleOf(workload),
    namespace: workload.metadata.namespace ?? "",
    selector: workload.spec.selector,
    count: promised(workload),
    pods: workload.spec.replicas ?? 1,
  }));
  const guard = new AvailabilityGuard([...(await minimaOf(cluster)), ...own], cluster);
  const broken: string[] = [];
  const { broken: missed, kept } = await new ClusterAutoscaler(cluster).during(async () => {
    for (const workload of workloads) {
      await restart(cluster, workload, new Date().toISOString());
      broken.push(...(await finished(cluster, workload)));
    }
    const watched = guard.end();
    for (const workload of workloads) {
      await restart(cluster, workload, workload.spec.template.metadata?.annotations?.[restarted] ?? null);
    }
    return watched;
  });
  const left = await restore(cluster);
  return outcome(
    [...broken, ...missed, ...left],
    [`${cluster.name}: ${workloads.length} workloads updated, one after the other`, kept],
  );
}

/** How many pods a workload promises to keep while it is updated. */
function promised({ kind, spec: { replicas = 1, strategy } }: Workload): number {
  if (kind === "StatefulSet") {
    return replicas - 1;
  }
  if (strategy?.type === "Recreate") {
    return 0;
  }
  const unavailable = strategy?.rollingUpdate?.maxUnavailable ?? "25%";
  const count =
    typeof unavailable === "number"
      ? unavailable
      : Math.floor((replicas * Number(unavailable.replace("%", ""))) / 100);
  return replicas - count;
}

async function restart(cluster: DrillCluster, workload: Workload, at: string | null): Promise<void> {
  await cluster.api.patch(cluster.workloadPath(workload), {
    spec: { template: { metadata: { annotations: { [restarted]: at } } } },
  });
}

async function finished(cluster: DrillCluster, workload: Workload): Promise<readonly string[]> {
  let updated = 0;
  const wanted = workload.spec.replicas ?? 1;
  const done = await cluster.settled(async () => {
    const { metadata, status } = await cluster.api.get<Workload>(cluster.workloadPath(workload));
    updated = status?.updatedReplicas ?? 0;
    return (
      (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
      updated === wanted &&
      status?.replicas === wanted &&
      status.readyReplicas === wanted
    );
  });
  return done
    ? []
    : [
        `${cluster.name}: ${titleOf(workload)} is stuck: ${updated} of ${wanted} pods are of the new version${reasonOf(workload, cluster.live.all)}`,
      ];
}
