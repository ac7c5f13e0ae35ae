import { LkeNodePool } from "@pulumi/linode/lkeNodePool";
import * as pulumi from "@pulumi/pulumi";
import { type LinodeNodePoolConfig, sizeOf } from "../config/linode-node-pools";
import { ownResourceTag } from "./own-resource-tag";
import { nodeLabels } from "./pools";

/** Arguments of {@link LinodeNodePool}. */
export interface LinodeNodePoolArgs {
  /** The pool's name within its cluster. */
  readonly poolName: string;
  readonly config: LinodeNodePoolConfig;
  /** The cluster's number. */
  readonly clusterId: pulumi.Input<number>;
}

/**
 * A pool of like nodes, of fixed size or sized by LKE's autoscaler, which leaves a node for 10 minutes before it takes it
 * away (C5, C10). The autoscaler owns the number of nodes from the first day: only pools of fixed size are resized here.
 * Another plan means another pool, which is there before the old one goes.
 */
export class LinodeNodePool extends pulumi.ComponentResource {
  /** Numbers of the pool's Linodes, as of the last time that the pool was looked at. */
  readonly nodeIds: pulumi.Output<readonly number[]>;

  constructor(name: string, args: LinodeNodePoolArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:linode:NodePool", name, {}, options);
    const { poolName, config, clusterId } = args;

    const pool = new LkeNodePool(
      `${name}-pool`,
      {
        clusterId,
        type: config.plan,
        nodeCount: sizeOf(config).initial,
        ...(config.autoscaler && {
          autoscaler: { min: config.autoscaler.minimum, max: config.autoscaler.maximum },
        }),
        labels: nodeLabels(poolName, config),
        taints: config.taints,
        tags: [ownResourceTag],
      },
      { parent: this, ignoreChanges: config.autoscaler === undefined ? [] : ["nodeCount"] },
    );

    this.nodeIds = pool.nodes.apply((nodes) => nodes.map(({ instanceId }) => instanceId));
    this.registerOutputs({ nodeIds: this.nodeIds });
  }
}
