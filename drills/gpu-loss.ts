import { ClusterAutoscaler } from "./autoscaler";
import { AvailabilityGuard, atOnce, minimaOf, shortages } from "./availability";
import { type Drill, outcome } from "./drill";
import type { DrillCluster } from "./drill-cluster";
import { onEachCluster } from "./each-cluster";
import { poolOf } from "./elastic-pool";
import { isServing } from "./objects";
import { restore } from "./restore";

const gpu = "nvidia.com/gpu";

/** Each node with GPUs in turn: its card fails, and its cloud brings another machine. (A4, B2, N1) */
export const gpuLoss: Drill = {
  name: "gpu-loss",
  promise:
    "when a node with GPUs fails, models are still served by the others, and all are once it is replaced",
  run: ({ clusters }) => onEachCluster(clusters, loseEachGpuNode),
};

async function loseEachGpuNode(cluster: DrillCluster) {
  const nodes = (await cluster.nodes()).filter(({ status }) => Number(status?.allocatable?.[gpu] ?? 0) > 0);
  if (nodes.length < 2) {
    return outcome(
      [],
      [`${cluster.name}: it has ${nodes.length} nodes with GPUs: none can stand in for another`],
    );
  }
  const broken: string[] = [];
  const done: string[] = [];
  for (const node of nodes) {
    const minima = atOnce(await minimaOf(cluster));
    const guard = new AvailabilityGuard(minima, cluster);
    const hurt = cluster.movablePods(new Set([node.metadata.name])).filter(isServing).length;
    await cluster.lose([node]);
    const gone = shortages(minima, cluster.live.all);
    const pool = cluster.pools.find(({ spec }) => spec.name === poolOf(node));
    if (pool !== undefined) {
      await cluster.addNode(pool);
    }
    const short = await new ClusterAutoscaler(cluster).during(() => cluster.whole());
    broken.push(
      ...gone.map((one) => `${cluster.name} without ${node.metadata.name}: at once, ${one}`),
      ...guard.end().broken,
      ...short,
      ...(await restore(cluster)),
    );
    done.push(`${cluster.name}: ${node.metadata.name} lost with ${hurt} pods that served, and replaced`);
  }
  return outcome([...new Set(broken)], done);
}
