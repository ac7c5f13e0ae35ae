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

    const text = (output: string) =>
      owner.getOutput(output).apply((value: unknown) => sharedText(config.stack, output, value));
    this.label = text(sharedOutputs.clusterName);
    this.kubeconfig = pulumi.secret(text(sharedOutputs.kubeconfig));
    this.registerOutputs({ label: this.label });
  }
}

/**
 * The value of an output that a stack shares.
 *
 * @throws pulumi.RunError when the stack does not have the output
 */
export function sharedText(stack: string, output: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new pulumi.RunError(
    `The stack ${stack} has no output ${output}, so it shares no LKE cluster. Deploy it first (\`pulumi up --stack ${stack}\`), and see that its linode.cluster is one of its own.`,
  );
}
