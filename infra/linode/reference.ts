import * as pulumi from "@pulumi/pulumi";
import type { ReferredLinodeCluster } from "../config/linode-cluster";
import { sharedOutputs } from "./outputs";

/** Arguments of {@link ClusterReference}. */
export interface ClusterReferenceArgs {
  readonly config: ReferredLinodeCluster;
}

/** A cluster that another stack owns, read from that stack's outputs (D3). */
export class ClusterReference extends pulumi.ComponentResource {
  /** The cluster's label. */
  readonly label: pulumi.Output<string>;
  /** Full access to the cluster. A secret. */
  readonly kubeconfig: pulumi.Output<string>;

  constructor(name: string, { config }: ClusterReferenceArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:linode:ClusterReference", name, {}, options);
    const owner = new pulumi.StackReference(`${name}-owner`, { name: config.stack }, { parent: this });

    const text = (output: string): pulumi.Output<string> =>
      owner.getOutput(output).apply((value: unknown) => {
        if (typeof value === "string" && value !== "") return value;
        throw new pulumi.RunError(
          `The stack ${config.stack} has no output ${output}, so it shares no LKE cluster. Deploy it first, and see that its own linode.cluster is one that it owns: \`pulumi up --stack ${config.stack}\`.`,
        );
      });
    this.label = text(sharedOutputs.clusterName);
    this.kubeconfig = pulumi.secret(text(sharedOutputs.kubeconfig));
    this.registerOutputs({ label: this.label });
  }
}
