import { amounts } from "../estimate/capacity-text";
import { sum } from "../estimate/resources";
import { ClusterAutoscaler, needsOf, type Shortfall } from "./autoscaler";
import { type Drill, outcome } from "./drill";
import type { DrillCluster } from "./drill-cluster";
import { onEachCluster } from "./each-cluster";
import { titleOf, type Workload } from "./objects";
import { restore } from "./restore";

/** Every autoscaled workload at its largest, all at once. (C3, C10) */
export const scaleOut: Drill = {
  name: "scale-out",
  promise:
    "with every HorizontalPodAutoscaler at its maximum each pod has a node, and no pool is over its maximum",
  run: ({ clusters }) => onEachCluster(clusters, scaleAll),
};

async function scaleAll(cluster: DrillCluster) {
  const scaled = await scaledWorkloads(cluster);
  const autoscaler = new ClusterAutoscaler(cluster);
  autoscaler.start();
  await Promise.all(scaled.map(({ workload, maximum }) => scale(cluster, workload, maximum)));
  const short = await cluster.whole();
  const shortfalls = await autoscaler.shortfalls();
  const sizes = await Promise.all(
    cluster.pools.map(async (pool) => ({ pool, count: await cluster.countOf(pool) })),
  );
  const added = await autoscaler.stop();
  await Promise.all(scaled.map(({ workload }) => scale(cluster, workload, workload.spec.replicas ?? 1)));
  const left = await restore(cluster);
  return outcome(
    [
      ...short,
      ...shortfalls.map((one) => shortfallText(cluster, one)),
      ...sizes
        .filter(({ pool, count }) => count > pool.maximum)
        .map(
          ({ pool, count }) =>
            `${cluster.name}: ${pool.spec.name} has ${count} nodes, at most ${pool.maximum}`,
        ),
      ...left,
    ],
    [
      `${cluster.name}: ${scaled.length} workloads at their maximum, ${added} nodes added`,
      ...sizes.map(
        ({ pool, count }) =>
          `${cluster.name}: ${pool.spec.name} from ${pool.spec.count} to ${count} nodes of at most ${pool.maximum}`,
      ),
    ],
  );
}

async function scaledWorkloads(
  cluster: DrillCluster,
): Promise<readonly { readonly workload: Workload; readonly maximum: number }[]> {
  const [autoscalers, workloads] = await Promise.all([cluster.autoscalers(), cluster.workloads()]);
  return autoscalers.flatMap(({ metadata, spec }) =>
    workloads
      .filter(
        (workload) =>
          workload.kind === spec.scaleTargetRef.kind &&
          workload.metadata.name === spec.scaleTargetRef.name &&
          workload.metadata.namespace === metadata.namespace,
      )
      .map((workload) => ({ workload, maximum: spec.maxReplicas })),
  );
}

/** Through the subresource that an autoscaler uses: without metrics, the real one leaves the number alone. */
async function scale(cluster: DrillCluster, workload: Workload, replicas: number): Promise<void> {
  await cluster.api.patch(cluster.workloadPath(workload, "/scale"), { spec: { replicas } });
}

function shortfallText(cluster: DrillCluster, { pods, pools }: Shortfall): string {
  const asked = amounts(sum(pods.map((pod) => needsOf(pod).requests)));
  const names = pods.slice(0, 3).map(titleOf).join(", ");
  const where =
    pools.length === 0
      ? "no pool's nodes would take them"
      : `${pools.map(({ spec, maximum }) => `${spec.name} (at most ${maximum} nodes)`).join(" and ")} cannot grow for them`;
  return `${cluster.name}: ${pods.length} pods have no node, together ${asked}: ${names}; ${where}`;
}
