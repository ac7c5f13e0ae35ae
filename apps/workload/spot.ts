import type { Pool } from "../../infra/cluster/cluster";
import type { Site } from "../../infra/kit/site";
import { batchNodes, lifecycleLabel, spotTaint } from "../../infra/kit/spot";
import type { PodArgs, Toleration } from "./pod-args";

type Placement = Pick<PodArgs, "spot" | "nodeSelector" | "avoidNodes" | "preferNodes" | "tolerations">;

const toleration: Toleration = { ...spotTaint, operator: "Equal" };

/** Placement of a workload's pods in a cluster, including spot tolerations on clusters with spot pools. */
export function withSpotNodes({ cluster }: Site, args: Placement): Placement {
  const isForBatch = (labels: Readonly<Record<string, string>>): boolean =>
    Object.entries(batchNodes).every(([key, value]) => labels[key] === value);
  const spot = cluster.pools.filter((pool) => pool.spot);
  const { spot: use } = args;
  if (use === undefined || !spot.some(({ labels }) => isForBatch(labels) === (use === "batch"))) {
    return { ...args, spot: undefined };
  }
  const there = { ...args, tolerations: [...(args.tolerations ?? []), toleration] };
  switch (use) {
    case "compute":
      return {
        ...there,
        tolerations: [
          ...there.tolerations,
          ...keptForCompute(spot.filter(({ labels }) => !isForBatch(labels))),
        ],
        avoidNodes: { ...args.avoidNodes, ...batchNodes },
        preferNodes: { ...args.preferNodes, [lifecycleLabel]: "on-demand" },
      };
    case "batch":
      return { ...there, nodeSelector: { ...args.nodeSelector, ...batchNodes } };
  }
}

/** Tolerations of the taints that keep others off nodes for compute as long as there is room elsewhere. */
function keptForCompute(pools: readonly Pool[]): readonly Toleration[] {
  const taints = pools.flatMap((pool) => pool.taints.filter(({ effect }) => effect === "PreferNoSchedule"));
  const unique = new Map(taints.map((taint) => [`${taint.key}=${taint.value}`, taint]));
  return [...unique.values()].map((taint) => ({ ...taint, operator: "Equal" }));
}
