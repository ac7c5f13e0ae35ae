import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseOutputs } from "./databases";
import type { BucketOutputs, KeyOutputs } from "./object-storage";

/**
 * The stack outputs with which the owner of a cluster shares it with other stacks: the owner exports them
 * under these names, and other stacks read them (D3).
 */
export const sharedOutputs = {
  /** The cluster's label. */
  clusterName: "linodeClusterName",
  /** Full access to the cluster. A secret. */
  kubeconfig: "linodeKubeconfig",
  /** The host names that the owner's own systems have on the cluster's ingress. */
  hosts: "linodeHosts",
} as const;

/** What `pulumi stack output` shows of Linode. */
export interface LinodeOutputs {
  /** The label of a cluster that this stack owns, for those who share it. */
  readonly [sharedOutputs.clusterName]?: pulumi.Output<string>;
  /** Full access to a cluster that this stack owns, for those who share it. A secret. */
  readonly [sharedOutputs.kubeconfig]?: pulumi.Output<string>;
  /** Host names on a cluster that this stack owns, which those who share it may not have. */
  readonly [sharedOutputs.hosts]?: readonly string[];
  /** Buckets, by what they are for. */
  readonly linodeBuckets?: Readonly<Record<string, BucketOutputs>>;
  /** Keys to buckets, by consumer. Secrets. */
  readonly linodeKeys?: Readonly<Record<string, KeyOutputs>>;
  /** Databases, by the service that they belong to. */
  readonly linodeDatabases?: Readonly<Record<string, DatabaseOutputs>>;
  readonly linodeDomain?: pulumi.Output<string>;
  /** Where the domain's registrar must point. */
  readonly linodeNameServers?: readonly string[];
}
