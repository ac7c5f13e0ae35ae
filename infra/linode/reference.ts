import * as pulumi from "@pulumi/pulumi";
import type { ReferredLinodeCluster } from "../config/linode-cluster";
import { sharedOutputs } from "./outputs";

/** Arguments of {@link ClusterReference}. */
export interface ClusterReferenceArgs {
  readonly config: ReferredLinodeCluster;
  /** The cluster's name in the stack that owns it. */
  readonly cluster: string;
  /** Host names of this stack's systems on the cluster. */
  readonly hosts: readonly string[];
}

/** A cluster that another stack owns, read from that stack's outputs (D3). */
export class ClusterReference extends pulumi.ComponentResource {
  /** The cluster's label. */
  readonly label: pulumi.Output<string>;
  /** Full access to the cluster. A secret. */
  readonly kubeconfig: pulumi.Output<string>;

  constructor(
    name: string,
    { config, cluster, hosts }: ClusterReferenceArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:linode:ClusterReference", name, {}, options);
    const owner = new pulumi.StackReference(`${name}-owner`, { name: config.stack }, { parent: this });

    const outputs = sharedOutputs(cluster);
    const text = (output: string) =>
      owner.getOutput(output).apply((value: unknown) => sharedText(config.stack, output, value));
    this.label = text(outputs.clusterName);
    // Without it nothing is deployed: the owner's hosts are looked at before.
    this.kubeconfig = pulumi.secret(
      pulumi
        .all([text(outputs.kubeconfig), owner.getOutput(outputs.hosts)])
        .apply(([kubeconfig, taken]: [string, unknown]) => {
          refuseTakenHosts(config.stack, taken, hosts);
          return kubeconfig;
        }),
    );
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
    `The stack ${stack} has no output ${output}, so it shares no such LKE cluster. Deploy it first (\`pulumi up --stack ${stack}\`), and see that it has a cluster of its own by that name: \`cluster.name\` says which where it is another one than here.`,
  );
}

/**
 * Two stacks that deploy to one cluster share its ingress, which gives a host to the older Ingress and leaves the other dead.
 *
 * @param taken the owner's output; an owner that was deployed before there was one says nothing
 * @throws pulumi.RunError when the owner has one of the hosts
 */
export function refuseTakenHosts(stack: string, taken: unknown, hosts: readonly string[]): void {
  const both = hosts.filter((host) => Array.isArray(taken) && taken.includes(host));
  if (both.length === 0) return;
  throw new pulumi.RunError(
    `The stack ${stack}, whose cluster this stack shares, has the host ${both.join(", ")} already: one of the two would never be called. Give this stack's system another name, for example \`pulumi config set --path 'ai-platform:systems.SYSTEM.host' api.staging.example.com\`.`,
  );
}
