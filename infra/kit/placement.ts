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

type Labels = Readonly<Record<string, string>>;

/** Keeps the members of a store apart: no two in the same zone or on the same node. (R3) */
export function memberAffinity(cluster: Cluster, members: number, labels: Labels) {
  return onDataNodes({
    labelSelector: { matchLabels: { ...labels } },
    topologyKey: memberTopology(cluster, members),
  });
}

/**
 * Keeps each standby of a store from the zone, or else the node, of the member that it takes over for: the one with the same
 * number in its StatefulSet. Standbys themselves are apart only as far as there is room: with a node for each zone they
 * could otherwise take each other's place. (R3)
 */
export function standbyAffinity(cluster: Cluster, members: Labels) {
  return onDataNodes({
    labelSelector: { matchLabels: { ...members } },
    matchLabelKeys: ["apps.kubernetes.io/pod-index"],
    topologyKey: memberTopology(cluster, 2),
  });
}

function onDataNodes<Term>(apart: Term) {
  return {
    nodeAffinity: dataNodeAffinity,
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] },
  };
}
