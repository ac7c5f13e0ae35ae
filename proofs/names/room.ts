import type { Unplaced } from "../../estimate/place";
import type { PodGroup } from "../../estimate/pod-group";
import { nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";
import { takes } from "./placement";
import { pooledClusters } from "./pooled-clusters";

const sizes = ["desired", "maximum"] as const;

/**
 * Every pod finds a node with room, of the zone and machine that it wants, and as far from others of its kind as it demands: at the
 * desired size, and with all autoscalers and jobs at their most.
 */
export const podsHaveRoom: Check = (evidence) =>
  sum(
    pooledClusters(evidence).map(({ cluster, groups, unplacedAt }) => {
      const found = new Map<PodGroup, Unplaced>();
      for (const one of sizes.flatMap(unplacedAt)) if (!found.has(one.group)) found.set(one.group, one);
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
