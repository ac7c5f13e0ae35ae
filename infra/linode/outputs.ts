import type * as pulumi from "@pulumi/pulumi";
import { outputName } from "../cluster/output-name";
import type { DatabaseOutputs } from "./databases";
import type { BucketOutputs, KeyOutputs } from "./object-storage";

/**
 * The stack outputs by which the owner of a cluster shares it with other stacks, without the cluster's name. The owner exports
 * them under these names, and stacks that refer to it read them under these names (D3).
 */
export const shared = {
  /** The cluster's label. */
  clusterName: "ClusterName",
  /** Full access to the cluster. A secret. */
  kubeconfig: "Kubeconfig",
  /** The host names that the owner's own systems have on the cluster's ingress. */
  hosts: "Hosts",
} as const;

/** The names of the outputs by which a stack shares its cluster of a name. */
export function sharedOutputs(cluster: string): Readonly<Record<keyof typeof shared, string>> {
  return {
    clusterName: outputName(cluster, shared.clusterName),
    kubeconfig: outputName(cluster, shared.kubeconfig),
    hosts: outputName(cluster, shared.hosts),
  };
}

/** What the stack shows of a cluster and of what it has at Linode, by names without the cluster's. */
export type LinodeShown = {
  /** The label of a cluster that this stack owns, for those who share it. */
  readonly [shared.clusterName]?: pulumi.Output<string>;
  /** Full access to a cluster that this stack owns, for those who share it. A secret. */
  readonly [shared.kubeconfig]?: pulumi.Output<string>;
  /** Host names on a cluster that this stack owns, which those who share it may not have. */
  readonly [shared.hosts]?: readonly string[];
  /** Buckets, by what they are for. */
  readonly Buckets?: Readonly<Record<string, BucketOutputs>>;
  /** Keys to buckets, by consumer. Secrets. */
  readonly Keys?: Readonly<Record<string, KeyOutputs>>;
  /** Databases, by the service that they belong to. */
  readonly Databases?: Readonly<Record<string, DatabaseOutputs>>;
  readonly Domain?: pulumi.Output<string>;
  /** Where the domain's registrar must point. */
  readonly NameServers?: readonly string[];
};
