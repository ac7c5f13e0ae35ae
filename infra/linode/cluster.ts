import { LkeCluster } from "@pulumi/linode/lkeCluster";
import * as pulumi from "@pulumi/pulumi";
import { rangesByFamily } from "../config/linode-addresses";
import type { OwnedLinodeCluster } from "../config/linode-cluster";
import { systemPoolName } from "../config/linode-rules";
import { poolLabel } from "../kit/pool-label";
import { decodeKubeconfig } from "./kubeconfig";
import { ownResourceTag } from "./own-resource-tag";

/** Arguments of {@link LinodeCluster}. */
export interface LinodeClusterArgs {
  readonly config: OwnedLinodeCluster;
  /** Region, for example `fr-par`. */
  readonly region: string;
  /** Whether the cluster is protected from deletion. */
  readonly protect: boolean;
}

/**
 * An LKE cluster of the standard tier: a control plane that only the named address ranges reach, at a pinned version (C5).
 *
 * The standard tier wants a cluster to be born with one pool. It gets a small one of fixed size, which stays; every
 * other pool is a {@link LinodeNodePool}, because pools inside the cluster are told apart by their order and sizes, so
 * that a change to one may shrink another (terraform-provider-linode 1260, 2446). With a single one inside there is
 * nothing to mix up.
 *
 * Audit logs and VPCs of LKE need a later provider or the enterprise tier.
 */
export class LinodeCluster extends pulumi.ComponentResource {
  /** The cluster's number. */
  readonly clusterId: pulumi.Output<number>;
  /** The cluster's label. */
  readonly label: pulumi.Output<string>;
  /** Numbers of the Linodes in the pool that the cluster was born with. */
  readonly systemNodeIds: pulumi.Output<readonly number[]>;
  /** Full access to the cluster. A secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** The API's address. */
  readonly endpoint: pulumi.Output<string>;

  constructor(name: string, args: LinodeClusterArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:linode:Cluster", name, {}, options);
    const { config, region, protect } = args;
    const allowed = rangesByFamily(config.controlPlaneCidrs);

    const cluster = new LkeCluster(
      `${name}-lke`,
      {
        label: config.name,
        region,
        k8sVersion: config.version,
        controlPlane: {
          highAvailability: config.highAvailability,
          acl: { enabled: true, addresses: [{ ipv4s: [...allowed.ipv4], ipv6s: [...allowed.ipv6] }] },
        },
        pools: [
          {
            type: config.systemPool.plan,
            count: config.systemPool.nodes,
            labels: { [poolLabel]: systemPoolName },
          },
        ],
        externalPoolTags: [ownResourceTag],
      },
      { parent: this, protect },
    );

    this.clusterId = cluster.id.apply(Number);
    this.label = cluster.label;
    this.systemNodeIds = cluster.pools.apply((pools) =>
      pools.flatMap(({ nodes }) => nodes.map(({ instanceId }) => instanceId)),
    );
    this.kubeconfig = decodeKubeconfig(cluster.kubeconfig);
    this.endpoint = cluster.apiEndpoints.apply(([first]) => first ?? "");
    this.registerOutputs({ clusterId: this.clusterId, label: this.label, endpoint: this.endpoint });
  }
}
