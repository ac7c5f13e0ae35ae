import { ObjectStorageBucket } from "@pulumi/linode/objectStorageBucket";
import { ObjectStorageKey } from "@pulumi/linode/objectStorageKey";
import * as pulumi from "@pulumi/pulumi";
import type { LinodeBucketConfig, LinodeObjectStorageConfig } from "../config/linode-object-storage";

/** Days after which an upload that was begun and never finished is given up. */
const abandonUploadsAfterDays = 7;

/** Where a bucket is. */
export interface BucketOutputs {
  readonly label: pulumi.Output<string>;
  /** Host name of the bucket. */
  readonly hostname: pulumi.Output<string>;
  /** The S3 endpoint of the bucket's region. */
  readonly endpoint: pulumi.Output<string>;
}

/** What opens buckets. Secrets. */
export interface KeyOutputs {
  readonly accessKey: pulumi.Output<string>;
  readonly secretKey: pulumi.Output<string>;
}

/** Arguments of {@link LinodeObjectStorage}. */
export interface LinodeObjectStorageArgs {
  readonly config: LinodeObjectStorageConfig;
  /** The cluster whose pods use the buckets, as stack configuration names it. */
  readonly cluster: string;
  /** Region of every bucket, for example `fr-par`. */
  readonly region: string;
  /** Whether buckets are protected from deletion, and kept when the stack forgets them. */
  readonly protectData: boolean;
}

/**
 * Private buckets with versions and lifecycle rules, and for each consumer a key that opens the buckets which it needs and
 * no other (C8). Objects are shared with people by URLs that such a key signs for a short time: the public reads nothing.
 *
 * The bucket for Pulumi's own state cannot be made by a stack whose state it holds: make it with a local backend first,
 * then `pulumi stack export` and `import` (D5).
 */
export class LinodeObjectStorage extends pulumi.ComponentResource {
  readonly buckets: Readonly<Record<string, BucketOutputs>>;
  readonly keys: Readonly<Record<string, KeyOutputs>>;

  constructor(name: string, args: LinodeObjectStorageArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:linode:ObjectStorage", name, {}, options);
    const { config, cluster, region, protectData } = args;

    const buckets = Object.entries(config.buckets).map(([purpose, bucket]) => {
      const resource = new ObjectStorageBucket(
        `${name}-bucket-${purpose}`,
        {
          label: bucket.label,
          region,
          acl: "private",
          corsEnabled: false,
          versioning: bucket.versioning,
          lifecycleRules: [lifecycleOf(bucket)],
        },
        { parent: this, protect: protectData, retainOnDelete: protectData },
      );
      return [purpose, resource] as const;
    });
    const resources = Object.fromEntries(buckets);

    this.keys = Object.fromEntries(
      Object.entries(config.keys).map(([consumer, grants]) => {
        const key = new ObjectStorageKey(
          `${name}-key-${consumer}`,
          {
            label: keyLabel(cluster, consumer),
            bucketAccesses: Object.entries(grants).flatMap(([purpose, permissions]) => {
              const bucket = resources[purpose];
              return bucket === undefined ? [] : [{ bucketName: bucket.label, region, permissions }];
            }),
          },
          { parent: this },
        );
        return [
          consumer,
          { accessKey: pulumi.secret(key.accessKey), secretKey: pulumi.secret(key.secretKey) },
        ];
      }),
    );
    this.buckets = Object.fromEntries(
      buckets.map(([purpose, { label, hostname, s3Endpoint }]) => [
        purpose,
        { label, hostname, endpoint: s3Endpoint },
      ]),
    );
    this.registerOutputs({ buckets: this.buckets, keys: this.keys });
  }
}

function lifecycleOf({ versioning, expireAfterDays, expireOldVersionsAfterDays }: LinodeBucketConfig) {
  return {
    id: "retention",
    enabled: true,
    abortIncompleteMultipartUploadDays: abandonUploadsAfterDays,
    ...(expireAfterDays !== undefined && { expiration: { days: expireAfterDays } }),
    ...(versioning && { noncurrentVersionExpiration: { days: expireOldVersionsAfterDays } }),
  };
}

/** Linode takes 50 characters, and two keys of one label: people tell them apart by it. */
function keyLabel(cluster: string, consumer: string): string {
  return [pulumi.getProject(), pulumi.getStack(), cluster, consumer].join("-").slice(0, 50);
}
