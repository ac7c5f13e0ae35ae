import { findAwsInstanceType } from "../../../facts/aws-instance-types";
import type { AwsConfig } from "../aws";
import { eksVersionProblem } from "../aws-rules";
import type { CloudTraits, ClusterView } from "./cluster-view";

/** Clusters of EKS. */
export const awsTraits: CloudTraits = {
  takesPlaceholders: false,
  hasSecretStore: true,
  needsLinodeToken: false,
};

/** A cluster of EKS as rules look at it. */
export function awsView(name: string, config: AwsConfig): ClusterView {
  const { accountId, cluster, network, buckets, dns, edge } = config;
  return {
    pools: Object.entries(config.nodePools).map(([pool, { instanceTypes }]) => ({
      name: pool,
      hasGpu: instanceTypes.some((type) => findAwsInstanceType(type)?.gpu !== undefined),
    })),
    versionFaults: (today) => {
      const problem = eksVersionProblem(cluster.version, today);
      return problem === undefined
        ? []
        : [{ path: ["cluster", "version"], found: JSON.stringify(cluster.version), problem }];
    },
    needsLinodeToken: false,
    unique: [
      {
        path: ["cluster", "name"],
        what: "name of an EKS cluster, which roles, keys and log groups carry",
        value: cluster.name,
        example: `${cluster.name}-${name}`,
      },
      ...Object.keys(config.nodePools).map((pool) => ({
        path: ["nodePools", pool],
        what: "name of cluster and pool together",
        value: `${name}-${pool}`,
        example: `more-${pool}`,
      })),
      {
        path: ["buckets", "prefix"],
        what: "prefix of buckets",
        value: buckets.prefix,
        example: `${buckets.prefix}-${name}`,
      },
      ...(dns === undefined || dns.existingZoneId !== undefined
        ? []
        : [
            {
              path: ["dns", "zone"],
              what: "zone that the stack makes",
              value: dns.zone,
              example: `${name}.${dns.zone}`,
            },
          ]),
      ...(edge === undefined
        ? []
        : [
            {
              path: ["edge", "hostName"],
              what: "host of CloudFront",
              value: edge.hostName,
              example: `${name}.${edge.hostName}`,
            },
          ]),
    ],
    account: { path: ["accountId"], id: accountId },
    networks: [{ path: ["network", "cidr"], cidr: network.cidr }],
    // Static assets alone need no host of an ingress.
    ...(edge?.apiOrigin !== undefined && {
      edge: { path: ["edge", "hostName"], hostName: edge.hostName },
    }),
  };
}
