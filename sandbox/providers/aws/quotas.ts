/**
 * Quotas of the simulated account: AWS's defaults, except where a platform like this one has long asked for more.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 */
export const quotas = {
  vpcsPerRegion: 5,
  subnetsPerVpc: 200,
  elasticIpsPerRegion: 5,
  internetGatewaysPerRegion: 5,
  securityGroupsPerRegion: 2500,
  clustersPerRegion: 100,
  nodeGroupsPerCluster: 30,
  /** Nodes that one managed node group may have. */
  nodesPerNodeGroup: 450,
  rolesPerAccount: 1000,
  policiesPerAccount: 1500,
  policiesPerRole: 10,
  bucketsPerAccount: 10_000,
} as const;

/** Which of EC2's vCPU quotas instances of a family count against. */
export type VcpuBucket = "standard" | "graphics";

/**
 * vCPUs that may run at once in a region, by bucket and by how they are paid. New accounts have a handful, and none
 * for graphics; these are what an account needs to have been granted for the platform's pools at their largest.
 */
export const vcpuQuotas: Readonly<Record<VcpuBucket, { readonly onDemand: number; readonly spot: number }>> =
  {
    standard: { onDemand: 640, spot: 640 },
    graphics: { onDemand: 192, spot: 192 },
  };

/** AWS counts g and vt families apart from its standard ones (a, c, d, h, i, m, r, t, z). */
export function vcpuBucket(instanceType: string): VcpuBucket {
  return /^(g|vt)\d/.test(instanceType) ? "graphics" : "standard";
}
