import type { Outcome } from "./drill";
import type { DrillCluster } from "./drill-cluster";

/** The same on each cluster, one after the other, so that they do not take each other's processors; all have to pass. */
export async function onEachCluster(
  clusters: readonly DrillCluster[],
  run: (cluster: DrillCluster) => Promise<Outcome>,
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const cluster of clusters) {
    outcomes.push(await run(cluster));
  }
  return {
    passed: outcomes.every(({ passed }) => passed),
    evidence: outcomes.flatMap(({ evidence }) => evidence),
  };
}
