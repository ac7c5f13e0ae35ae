import { ClusterFolder } from "../cluster/folder";
import type { ClusterIdentity, ClusterManager, NodePoolSpec } from "../cluster/types";
import { versions } from "../toolchain/versions";
import type { LocalCluster } from "./project";

/** The control plane behind a kubeconfig context of the laptop. */
export function localIdentity({ context }: LocalCluster): ClusterIdentity {
  return { cloud: "local", name: context };
}

/** The kubeconfig that holds the laptop's context, and nothing else. */
export function localKubeconfig(local: LocalCluster): string {
  return new ClusterFolder(localIdentity(local)).kubeconfig;
}

/**
 * Gives the laptop the cluster that a stack expects to find in its kubeconfig, as `kind create cluster` would: one
 * node, and the context by its name.
 */
export async function provideLocalCluster(clusters: ClusterManager, local: LocalCluster): Promise<void> {
  const identity = localIdentity(local);
  await clusters.start(identity, { version: versions.kubernetes });
  await clusters.applyNodePool(identity, laptop(local));
}

/** A laptop's worth of node: what the whole platform must fit into during development. */
function laptop({ gpu }: LocalCluster): NodePoolSpec {
  const resources = {
    cpu: "8",
    memory: "24Gi",
    pods: "250",
    "ephemeral-storage": "100Gi",
    ...(gpu && { "nvidia.com/gpu": "1" }),
  };
  return {
    name: "laptop",
    count: 1,
    zones: [],
    region: "local",
    instanceTypes: [{ instanceType: "laptop", capacity: resources, allocatable: resources }],
    labels: {},
    taints: [],
  };
}
