import type { Cluster } from "../cluster/cluster";

/** Where pods can be told apart by: the widest thing of which a cluster has enough to give every member its own. */
export function memberTopology({ zones }: Cluster, members: number): string {
  return zones.length >= members ? "topology.kubernetes.io/zone" : "kubernetes.io/hostname";
}

/**
 * Draws a store to the nodes that are kept for data, where the cluster has some, and keeps it from those that a cloud may
 * take back at any moment. (001, C3, C4)
 */
export const dataNodeAffinity = {
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: [{ matchExpressions: [{ key: "lifecycle", operator: "NotIn", values: ["spot"] }] }],
  },
  preferredDuringSchedulingIgnoredDuringExecution: [
    {
      weight: 50,
      preference: {
        matchExpressions: [{ key: "workload-type", operator: "In", values: ["data-storage"] }],
      },
    },
  ],
};

/** Keeps the members of a store apart: no two in the same zone or on the same node. (R3) */
export function memberAffinity(cluster: Cluster, members: number, labels: Readonly<Record<string, string>>) {
  const apart = {
    labelSelector: { matchLabels: { ...labels } },
    topologyKey: memberTopology(cluster, members),
  };
  return {
    nodeAffinity: dataNodeAffinity,
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] },
  };
}
