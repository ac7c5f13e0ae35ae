import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./infra/cluster/cluster";
import { ClusterFoundation } from "./infra/cluster/foundation";
import { loadStackConfig } from "./infra/config/load";
import { LocalPlatform } from "./infra/local";
import { type CommonTagsArgs, tagEverything } from "./infra/tags";

/** What `pulumi stack output` shows of a cluster. */
export interface ClusterOutputs {
  readonly name: pulumi.Input<string>;
  readonly kind: Cluster["kind"];
  /** Full access to the cluster. A secret. */
  readonly kubeconfig?: pulumi.Output<string>;
  /** The namespaces that this stack deploys to. */
  readonly namespaces: readonly string[];
}

/** What `pulumi stack output` shows. */
export interface Outputs {
  readonly clusters: Readonly<Record<string, ClusterOutputs>>;
}

/**
 * The whole platform of one stack: configuration, clusters, and what every cluster has from the start.
 *
 * @param today the day on which every version that the stack asks for must still be supported
 */
export async function program(today: Date = new Date()): Promise<Outputs> {
  const config = loadStackConfig(today);
  const { environment, systems, protectData, local } = config;
  const identity: CommonTagsArgs = {
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    environment,
    tags: config.tags,
  };
  tagEverything(identity);

  const platforms = {
    local: local && new LocalPlatform("local", { config: local }),
  };

  const clusters = Object.values(platforms)
    .flatMap((platform) => platform?.cluster ?? [])
    .map((cluster) => {
      const foundation = new ClusterFoundation(`${cluster.name}-foundation`, {
        cluster,
        environment,
        systems,
        protectData,
      });
      return [cluster.name, outputsOf(cluster, foundation)] as const;
    });
  return { clusters: Object.fromEntries(clusters) };
}

function outputsOf(cluster: Cluster, { namespaces }: ClusterFoundation): ClusterOutputs {
  return {
    name: cluster.displayName,
    kind: cluster.kind,
    ...(cluster.kubeconfig && { kubeconfig: cluster.kubeconfig }),
    namespaces,
  };
}
