import { ClusterAutoscaler } from "./autoscaler";
import { atOnce, minimaOf, shortages } from "./availability";
import { type Drill, outcome } from "./drill";
import type { DrillCluster } from "./drill-cluster";
import { onEachCluster } from "./each-cluster";
import { withoutHeldBy } from "./held-members";
import { isServing } from "./objects";
import { restore } from "./restore";

/** Each zone in turn, all of its nodes at once. (C3, R3) */
export const zoneOutage: Drill = {
  name: "zone-outage",
  promise:
    "when all nodes of a zone are gone, no replicated workload is, and each minimum is back within the other zones, but for " +
    "members whose volumes are in the lost one",
  run: ({ clusters }) => onEachCluster(clusters, loseEachZone),
};

async function loseEachZone(cluster: DrillCluster) {
  if (cluster.zones.length < 2) {
    return outcome([], [`${cluster.name}: its cloud has no zones, and nothing to lose here`]);
  }
  const outcomes: { readonly broken: readonly string[]; readonly done: string }[] = [];
  for (const zone of cluster.zones) {
    outcomes.push(await loseZone(cluster, zone));
  }
  return outcome(
    outcomes.flatMap(({ broken }) => broken),
    outcomes.map(({ done }) => done),
  );
}

async function loseZone(cluster: DrillCluster, zone: string) {
  const minima = await minimaOf(cluster);
  const nodes = (await cluster.nodes()).filter(
    ({ metadata }) => metadata.labels?.["topology.kubernetes.io/zone"] === zone,
  );
  const within = withoutHeldBy(zone, minima, cluster.live.all, await cluster.volumes());
  const before = cluster.live.all.filter(isServing).length;
  await cluster.lose(nodes);
  const after = cluster.live.all.filter(isServing).length;
  const gone = shortages(atOnce(minima), cluster.live.all).map(
    (shortage) => `${cluster.name} without ${zone}: at once, ${shortage}`,
  );
  const autoscaler = new ClusterAutoscaler(cluster, { lostZones: [zone] });
  await autoscaler.during(() => cluster.settled(() => shortages(within, cluster.live.all).length === 0));
  const short = shortages(within, cluster.live.all).map(
    (shortage) => `${cluster.name} without ${zone}, and with all that autoscaling may add: ${shortage}`,
  );
  const left = await restore(cluster);
  return {
    broken: [...gone, ...short, ...left],
    done:
      `${cluster.name} without ${zone}: ${nodes.length} nodes lost, ${before - after} of ${before} pods with them, ` +
      `${minima.length} minima looked after, ${autoscaler.added} nodes added elsewhere`,
  };
}
