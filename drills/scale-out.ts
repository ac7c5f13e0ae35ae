import { amounts } from "../estimate/capacity-text";
import { sum } from "../estimate/resources";
import { ClusterAutoscaler, needsOf, type Shortfall } from "./autoscaler";
import { type Drill, outcome } from "./drill";
import type { DrillCluster } from "./drill-cluster";
import { onEachCluster } from "./each-cluster";
import { firstSteps, type Scaled, scale } from "./first-step";
import { titleOf } from "./objects";
import { restore } from "./restore";

/** Every autoscaled workload one step larger, in time, and then at its largest, all at once. (C3, C10) */
export const scaleOut: Drill = {
  name: "scale-out",
  promise:
    "the first step of every HorizontalPodAutoscaler serves within 60 s; with all at their maximum each pod has a node, and no pool is over its maximum",
  run: ({ clusters }) => onEachCluster(clusters, scaleAll),
};

async function scaleAll(cluster: DrillCluster) {
  const scaled = await scaledWorkloads(cluster);
  const autoscaler = new ClusterAutoscaler(cluster);
  const { steps, short, shortfalls, sizes } = await autoscaler.during(async () => {
    const steps = await firstSteps(cluster, scaled);
    await Promise.all(scaled.map(({ workload, maximum }) => scale(cluster, workload, maximum)));
    const short = await cluster.whole();
    const shortfalls = await autoscaler.shortfalls();
    const sizes = await Promise.all(
      cluster.pools.map(async (pool) => ({ pool, count: await cluster.countOf(pool) })),
    );
    return { steps, short, shortfalls, sizes };
  });
  await Promise.all(scaled.map(({ workload }) => scale(cluster, workload, workload.spec.replicas ?? 1)));
  const left = await restore(cluster);
  return outcome(
    [
      ...steps.late,
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
      `${cluster.name}: ${scaled.length} workloads at their maximum, ${autoscaler.added} nodes added`,
      ...steps.inTime,
      ...sizes.map(
        ({ pool, count }) =>
          `${cluster.name}: ${pool.spec.name} from ${pool.spec.count} to ${count} nodes of at most ${pool.maximum}`,
      ),
    ],
  );
}

async function scaledWorkloads(cluster: DrillCluster): Promise<readonly Scaled[]> {
  const [autoscalers, workloads] = await Promise.all([cluster.autoscalers(), cluster.workloads()]);
  return autoscalers.flatMap(({ metadata, spec }) =>
    workloads
      .filter(
        (workload) =>
          workload.kind === spec.scaleTargetRef.kind &&
          workload.metadata.name === spec.scaleTargetRef.name &&
          workload.metadata.namespace === metadata.namespace,
      )
      .map((workload) => ({ workload, maximum: spec.maxReplicas, scaleUp: spec.behavior?.scaleUp })),
  );
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
