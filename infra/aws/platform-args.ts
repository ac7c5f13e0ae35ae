import type * as pulumi from "@pulumi/pulumi";
import type { Bucket, ClusterStorage } from "../cluster/cluster";
import type { AwsConfig } from "../config/aws";
import type { Environment } from "../config/environment";
import type { OptionalService } from "../config/platform";
import type { Placed } from "../systems/system";
import type { PrivateBucket } from "./bucket";
import { scratchTagSpecification } from "./volume-backups";

export interface AwsPlatformArgs {
  /** The cluster's section of the stack's configuration. */
  readonly config: AwsConfig;
  readonly environment: Environment;
  /** The systems that run on the cluster. */
  readonly systems: readonly Placed[];
  /**
   * Hosts that have a load balancer of their own: each gets a certificate if it is in the stack's zone.
   * @default none
   */
  readonly loadBalancerHosts?: readonly string[];
  /** Tags of everything that can carry some. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Whether what holds data, and the cluster itself, is protected from deletion. To take such a stack down, set this
   * to false and bring that up first.
   */
  readonly protectData: boolean;
  /**
   * Whether the cluster may read secrets from AWS Secrets Manager: those whose names begin with its own and a slash.
   * @default false
   */
  readonly externalSecrets?: boolean;
  /**
   * Services of the platform that the stack does without: nothing is granted to them.
   * @default none
   */
  readonly without?: readonly OptionalService[];
}

/** The EBS driver's classes of volumes, all encrypted with the account's EBS key, and its snapshots. (C9) */
export const disks = {
  provisioner: "ebs.csi.aws.com",
  fast: { type: "gp3", iops: "6000", throughput: "400", encrypted: "true" },
  standard: { type: "gp3", encrypted: "true" },
  scratch: { type: "gp3", encrypted: "true", ...scratchTagSpecification },
  snapshots: {},
} as const satisfies ClusterStorage;

/** A bucket as pods use it: their own identity opens it. (C6, C7) */
export function podBucket({ bucketName }: PrivateBucket, region: string): Bucket {
  return { name: bucketName, region, hosts: [`s3.${region}.amazonaws.com`] };
}

/** Bucket names by what the buckets are for. */
export interface BucketNames {
  readonly models: pulumi.Output<string>;
  readonly backups: pulumi.Output<string>;
  readonly data: pulumi.Output<string>;
  readonly telemetry: pulumi.Output<string>;
  readonly accessLogs: pulumi.Output<string>;
}

/** What the stack shows of a cluster and of what it has on AWS, by names without the cluster's. */
export type AwsShown = {
  /** How to reach the EKS cluster with the AWS credentials at hand. A secret. */
  readonly Kubeconfig?: pulumi.Output<string>;
  readonly VpcId: pulumi.Output<string>;
  /** Bucket names, by what they are for. */
  readonly Buckets: BucketNames & { readonly assets?: pulumi.Output<string> };
  /** Where the domain's registrar must point. */
  readonly NameServers?: pulumi.Output<string[]>;
  /** CloudFront's own name for the edge. */
  readonly EdgeDomain?: pulumi.Output<string>;
};
