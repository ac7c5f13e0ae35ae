import { linodePlan } from "../../../facts/linode-plans";
import { lkeVersion, supportedLkeVersions } from "../../../facts/linode-versions";
import type { Fault } from "../fault";
import type { LinodeConfig } from "../linode";
import { isOwned } from "../linode-cluster";
import type { CloudTraits, ClusterView, UniqueValue } from "./cluster-view";

/** Clusters of LKE. Linode has no store of secrets that pods could have an identity with. (002) */
export const linodeTraits: CloudTraits = {
  takesPlaceholders: false,
  hasSecretStore: false,
  needsLinodeToken: true,
};

/** A cluster of LKE as rules look at it. */
export function linodeView(name: string, config: LinodeConfig): ClusterView {
  const { cluster, objectStorage, databases, dns } = config;
  return {
    pools: Object.entries(config.nodePools).map(([pool, { plan }]) => ({
      name: pool,
      hasGpu: linodePlan(plan)?.gpu !== undefined,
    })),
    ...(!isOwned(cluster) && { owner: cluster.stack }),
    versionFaults: (today) => (isOwned(cluster) ? versionFaults(cluster.version, today) : []),
    // A stack that only shares another's cluster reaches that with the owner's kubeconfig.
    needsLinodeToken:
      isOwned(cluster) ||
      objectStorage !== undefined ||
      dns !== undefined ||
      Object.keys(databases).length > 0,
    unique: unique(name, config),
    networks: [],
  };
}

function unique(
  name: string,
  { cluster, nodePools, objectStorage, databases, dns }: LinodeConfig,
): readonly UniqueValue[] {
  return [
    ...Object.keys(nodePools).map((pool) => ({
      path: ["nodePools", pool],
      what: "name of cluster and pool together",
      value: `${name}-pool-${pool}`,
      example: `more-${pool}`,
    })),
    isOwned(cluster)
      ? {
          path: ["cluster", "name"],
          what: "label of an LKE cluster",
          value: cluster.name,
          example: `${cluster.name}-${name}`,
        }
      : {
          path: ["cluster", "stack"],
          what: "cluster of another stack",
          value: `${cluster.name ?? name} of ${cluster.stack}`,
          example: cluster.stack,
        },
    ...Object.entries(objectStorage?.buckets ?? {}).map(([purpose, { label }]) => ({
      path: ["objectStorage", "buckets", purpose, "label"],
      what: "label of a bucket",
      value: label,
      example: `${label}-${name}`,
    })),
    ...Object.entries(databases).map(([service, { label }]) => ({
      path: ["databases", service, "label"],
      what: "label of a database",
      value: label,
      example: `${label}-${name}`,
    })),
    ...(dns === undefined
      ? []
      : [
          {
            path: ["dns", "domain"],
            what: "domain at Linode's DNS Manager",
            value: dns.domain,
            example: `${name}.${dns.domain}`,
          },
        ]),
  ];
}

function versionFaults(version: string, today: Date): readonly Fault[] {
  const supported = supportedLkeVersions(today);
  if (supported.includes(version)) return [];
  const known = lkeVersion(version);
  return [
    {
      path: ["cluster", "version"],
      found: JSON.stringify(version),
      problem:
        known === undefined
          ? `facts/linode-versions.ts does not know Kubernetes ${version} on LKE`
          : `support of Kubernetes ${version} on LKE ended on ${known.supportEnds}`,
      allowed:
        supported.map((minor) => JSON.stringify(minor)).join(" | ") || "none: add newer ones to the table",
    },
  ];
}
