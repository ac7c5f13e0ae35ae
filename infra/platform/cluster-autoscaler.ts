import * as pulumi from "@pulumi/pulumi";
import type { AwsSurroundings, Pool } from "../cluster/cluster";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { replicas, type Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod, spread, type Values } from "../kit/values";
import { apiServer, cloudServices, pods } from "../network/edge";
import { clusterAutoscalerFor } from "./charts/capacity";

/** Arguments of {@link ClusterAutoscaler}. */
export interface ClusterAutoscalerArgs {
  readonly site: Site;
  readonly aws: AwsSurroundings;
}

const namespace = "platform-system";
const releaseName = "cluster-autoscaler";
const port = 8085;

/** How long a node must have been to spare before it goes, and how long nothing goes after one has come. (001) */
const scaleDownDelay = "10m";

/**
 * Sizes EKS's node groups, within their bounds, by the pods that wait for a node. LKE sizes its own pools
 * within the pools' bounds; a cluster of someone else is theirs to size. (C10, 001)
 */
export class ClusterAutoscaler extends pulumi.ComponentResource {
  constructor(name: string, { site, aws }: ClusterAutoscalerArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:ClusterAutoscaler", name, {}, options);
    const labels = { "app.kubernetes.io/instance": releaseName };
    const { expander, priorities } = cheapestFirst(site.cluster.pools);
    helmRelease(
      `${name}-release`,
      {
        site,
        chart: clusterAutoscalerFor(aws.kubernetesVersion),
        namespace,
        releaseName,
        values: {
          fullnameOverride: releaseName,
          cloudProvider: "aws",
          awsRegion: aws.region,
          autoDiscovery: { clusterName: aws.clusterName },
          rbac: { serviceAccount: { create: true, name: releaseName } },
          replicaCount: replicas(site, 2),
          extraArgs: {
            expander,
            "scale-down-unneeded-time": scaleDownDelay,
            "scale-down-delay-after-add": scaleDownDelay,
            "balance-similar-node-groups": true,
            // Pools differ by these labels of ours even where they are alike; zones and instance types differ anyway.
            "balancing-ignore-label": "ai-platform/pool",
            // Controllers of the platform, and caches in emptyDir, can move: they are no reason to keep a node.
            "skip-nodes-with-system-pods": false,
            "skip-nodes-with-local-storage": false,
          },
          ...(priorities && { expanderPriorities: priorities }),
          resources: resources({ cpu: "50m", memory: "384Mi" }),
          securityContext: { ...restrictedPod, runAsUser: 65534, runAsGroup: 65534, fsGroup: 65534 },
          containerSecurityContext: restrictedContainer,
          priorityClassName: "platform-critical",
          topologySpreadConstraints: spread(labels),
          serviceMonitor: { enabled: hasMonitors(site), namespace, interval: "30s" },
        },
      },
      this,
      site.monitorDefinitions,
    );
    const autoscaler = pods(namespace, releaseName, labels);
    site.network.allow(autoscaler, apiServer);
    site.network.allow(
      autoscaler,
      cloudServices(
        `autoscaling.${aws.region}.amazonaws.com`,
        `ec2.${aws.region}.amazonaws.com`,
        `eks.${aws.region}.amazonaws.com`,
      ),
      443,
    );
    allowScraping(site, autoscaler, port);
    this.registerOutputs();
  }
}

/**
 * The cheapest group that the pod may run on grows: a spot group first, and among like ones that which is left the fullest.
 * The expander called `price` knows no prices of AWS. What must not run on spot nodes does not tolerate their taint, and the
 * on-demand group's lower bound keeps 001's 20 %. (C10, 001)
 */
function cheapestFirst(pools: readonly Pool[]): { readonly expander: string; readonly priorities?: Values } {
  const spot = pools.filter((pool) => pool.spot).map(({ name }) => name);
  if (spot.length === 0) return { expander: "least-waste" };
  return {
    expander: "priority,least-waste",
    // EKS names an Auto Scaling group `eks-NODEGROUP-UUID`, and a node group is named after its pool.
    priorities: { "20": spot.map((name) => `^eks-${name}-`), "10": [".*"] },
  };
}
