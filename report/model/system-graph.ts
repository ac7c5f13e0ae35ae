import { clustersOf } from "../../estimate/pools";
import { clusterName, modelOf } from "../../model/expand";
import type { Plan } from "../../model/plan";
import type { SystemGraph } from "./call";
import { CallReader } from "./call-reader";

/** One graph for each system that has workloads, and for each cluster where it has them. */
export function systemGraphs(plan: Plan): readonly SystemGraph[] {
  const model = modelOf(plan);
  const names = new Map(clustersOf(plan).map(({ provider, name }) => [clusterName(provider), name]));
  const recovery = new Set(
    plan.resources
      .filter(({ parent }) => parent?.startsWith("ai-platform:recovery:Recovery::"))
      .map(({ name }) => name),
  );
  const systems = [...new Set(model.workloads.map(({ system }) => system))].filter(
    (system) => system !== "platform",
  );
  return systems.toSorted().flatMap((system) =>
    model.clusters.flatMap((cluster) => {
      const own = model.workloads.filter((one) => one.system === system && one.cluster === cluster);
      const namespaces = new Set(own.map(({ namespace }) => namespace));
      return own.length === 0
        ? []
        : [
            {
              system,
              cluster: names.get(cluster) ?? cluster,
              ...new CallReader({ model, cluster, namespaces, recovery }).read(),
            },
          ];
    }),
  );
}
