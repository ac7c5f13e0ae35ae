/**
 * The stack outputs by which the owner of a cluster shares it with other stacks. The owner exports them under these
 * names, and whoever refers to it reads them under these names (D3).
 */
export const sharedOutputs = {
  /** The cluster's label. */
  clusterName: "linodeClusterName",
  /** Full access to the cluster. A secret. */
  kubeconfig: "linodeKubeconfig",
} as const;
