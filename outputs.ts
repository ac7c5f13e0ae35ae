import * as pulumi from "@pulumi/pulumi";
import type { CloudPlatform } from "./infra/clouds";
import type { ClusterKind } from "./infra/cluster/cloud";
import type { Cluster } from "./infra/cluster/cluster";
import type { ClusterFoundation } from "./infra/cluster/foundation";
import { outputName } from "./infra/cluster/output-name";

/** What `pulumi stack output` shows of a cluster, on any cloud. */
export interface ClusterOutputs {
  readonly name: pulumi.Input<string>;
  readonly kind: ClusterKind;
  /** The namespaces that this stack deploys to. */
  readonly namespaces: readonly string[];
}

/**
 * What `pulumi stack output` shows: beside `clusters`, an output for each thing that a cluster has in its cloud, such as
 * `awsKubeconfig` of the cluster `aws`. Secrets are separate outputs, not inside `clusters`: a StackReference would otherwise
 * treat everything beside them as secret too.
 */
export interface Outputs {
  /** Clusters, by the name that stack configuration names them by. */
  readonly clusters: Readonly<Record<string, ClusterOutputs>>;
  readonly [name: string]: unknown;
}

/** What a stack shows of a cluster. */
export function clusterOutputs(cluster: Cluster, { namespaces }: ClusterFoundation): ClusterOutputs {
  return { name: cluster.displayName, kind: cluster.cloud.kind, namespaces };
}

/**
 * What a stack shows of its clusters' clouds.
 *
 * @throws pulumi.RunError when two clusters' names make one name of an output: `a` with `EdgeDomain`, `a-edge` with `Domain`
 */
export function cloudOutputs(platforms: readonly CloudPlatform[]): Readonly<Record<string, unknown>> {
  const outputs = new Map<string, { readonly cluster: string; readonly value: unknown }>();
  for (const { cluster, shown } of platforms) {
    for (const [what, value] of Object.entries(shown)) {
      const name = outputName(cluster.name, what);
      const other = outputs.get(name);
      if (other !== undefined) {
        throw new pulumi.RunError(
          `ai-platform:clusters: the names ${other.cluster} and ${cluster.name} both make the output ${name}; call one of the clusters something else.`,
        );
      }
      outputs.set(name, { cluster: cluster.name, value });
    }
  }
  return Object.fromEntries([...outputs].map(([name, { value }]) => [name, value]));
}
