import { nodesOf, place, type Unplaced } from "../../estimate/place";
import { type PodGroup, podsOf } from "../../estimate/pod-group";
import { clustersOf } from "../../estimate/pools";
import { clusterName } from "../../model/expand";
import { nameOf } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";
import { takes } from "./placement";

const sizes = ["desired", "maximum"] as const;

/**
 * Every pod finds a node with room, of the zone and machine that it wants, and as far from others of its kind as it demands: at the
 * desired size, and with all autoscalers and jobs at their most.
 */
export const podsHaveRoom: Check = ({ model, plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const pods = podsOf(model);
  const clusters = clustersOf(plan).filter(({ pools }) => pools.length > 0);
  return sum(
    clusters.map((cluster) => {
      const groups = pods.filter((group) => group.cluster === clusterName(cluster.provider));
      const found = new Map<PodGroup, Unplaced>();
      for (const size of sizes) {
        const { unplaced } = place(groups, nodesOf(cluster, size), ({ replicas }) => replicas[size]);
        for (const one of unplaced) if (!found.has(one.group)) found.set(one.group, one);
      }
      return each(groups, (group) => {
        const lost = found.get(group);
        // What no pool takes has been told by the check of pools.
        return lost === undefined || !cluster.pools.some((pool) => takes(pool, group.scheduling))
          ? undefined
          : {
              object: nameOf(group),
              rule: `${lost.count} of its pods have no place: ${lost.reason}`,
              source: "Kubernetes, scheduling: a pod that no node suits stays Pending",
              fix: "ask for less, spread less strictly, or raise the maximum of a pool (`make capacity`)",
            };
      });
    }),
  );
};
