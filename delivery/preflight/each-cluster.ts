import type { CloudName } from "../../infra/cluster/cloud";
import { type ClusterConfig, clustersIn, type NamedCluster } from "../../infra/config/clusters";
import { isOwned } from "../../infra/config/linode-cluster";
import { type Finding, type Verdict, verdictOf } from "../row";
import type { PreflightContext } from "./context";

type ConfigOf<Name extends CloudName> = Extract<ClusterConfig, { readonly cloud: Name }>;

/** The stack's clusters on a cloud; none while its file does not have the form that it must have. */
export function clustersOn<Name extends CloudName>(
  { config }: Pick<PreflightContext, "config">,
  cloud: Name,
): readonly NamedCluster<ConfigOf<Name>>[] {
  return clustersIn(config?.clusters ?? {}, cloud);
}

/** Whether the stack has a cluster on a cloud. */
export function isOn(cloud: CloudName): (around: Pick<PreflightContext, "config">) => boolean {
  return (around) => clustersOn(around, cloud).length > 0;
}

/** The stack's own clusters of LKE: those of another stack are that one's to check. */
export function ownLkeClusters(around: Pick<PreflightContext, "config">) {
  return clustersOn(around, "linode").flatMap(({ name, config }) =>
    isOwned(config.cluster) ? [{ name, config: { ...config, cluster: config.cluster } }] : [],
  );
}

/** Everything that is found of any of the clusters. */
export async function findingsOf<Cluster>(
  clusters: readonly Cluster[],
  look: (cluster: Cluster) => Promise<readonly Finding[]>,
): Promise<Verdict> {
  const findings: Finding[] = [];
  for (const cluster of clusters) findings.push(...(await look(cluster)));
  return verdictOf(findings);
}
