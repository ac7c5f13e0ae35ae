import { ClusterAutoscaler } from "./autoscaler";
import { atOnce, minimaOf, shortages } from "./availability";
import { type Drill, outcome } from "./drill";
import type { DrillCluster } from "./drill-cluster";
import { onEachCluster } from "./each-cluster";
import { isSpot } from "./elastic-pool";
import { isServing, titleOf } from "./objects";
import { restore } from "./restore";
import { keepsData } from "./volumes";

/** The cloud takes all of its spot nodes back at once, and has no others. (C4) */
export const spotReclaim: Drill = {
  name: "spot-reclaim",
  promise:
    "when all spot nodes are gone, stores are untouched, no replicated workload is gone, and each minimum is back on " +
    "on-demand nodes",
  run: ({ clusters }) => onEachCluster(clusters, reclaim),
};

async function reclaim(cluster: DrillCluster) {
  const nodes = (await cluster.nodes()).filter(({ metadata }) => isSpot(metadata));
  if (nodes.length === 0) {
    return outcome([], [`${cluster.name}: it has no spot nodes`]);
  }
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  const hurt = cluster.movablePods(names).filter(isServing);
  const volumes = await cluster.volumes();
  const stores = hurt
    .filter((pod) => keepsData(pod, volumes))
    .map(
      (pod) => `${cluster.name}: ${titleOf(pod)} keeps data and ran on the spot node ${pod.spec.nodeName}`,
    );
  const minima = await minimaOf(cluster);
  await cluster.lose(nodes);
  const gone = shortages(atOnce(minima), cluster.live.all).map(
    (shortage) => `${cluster.name} without spot nodes: at once, ${shortage}`,
  );
  const autoscaler = new ClusterAutoscaler(cluster, { mayGrow: ({ spot }) => !spot });
  await autoscaler.during(() => cluster.settled(() => shortages(minima, cluster.live.all).length === 0));
  const short = shortages(minima, cluster.live.all).map(
    (shortage) => `${cluster.name} without spot nodes, and with all on-demand nodes: ${shortage}`,
  );
  const left = await restore(cluster);
  return outcome(
    [...stores, ...gone, ...short, ...left],
    [
      `${cluster.name}: ${nodes.length} spot nodes taken back with ${hurt.length} pods that served, ` +
        `${autoscaler.added} on-demand nodes added, ${minima.length} minima looked after`,
    ],
  );
}
