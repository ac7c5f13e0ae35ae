import type { types } from "@pulumi/aws";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./policy";

type LifecycleRule = types.input.s3.BucketLifecycleConfigurationRule;

export interface PrivateBucketArgs {
  /** Name of the bucket, unique in the whole world. */
  readonly bucketName: string;
  /** Key that encrypts the objects. Left out: S3's own, for what AWS services write that cannot use a key. */
  readonly keyArn?: pulumi.Input<string>;
  /** When objects move to cheaper tiers and when they go; what is left of broken uploads goes after a week anyway. */
  readonly lifecycleRules: readonly LifecycleRule[];
  /**
   * The bucket that keeps records of who read and wrote what.
   * @default none: only the bucket of access logs itself, and copies in another region, have none
   */
  readonly accessLogs?: { readonly bucketName: pulumi.Input<string> };
  /**
   * Rights of callers other than the account's own roles.
   * @default none
   */
  readonly statements?: (bucketArn: pulumi.Output<string>) => readonly Statement[];
  /** Whether the bucket is protected from deletion, and kept when the stack forgets it. */
  readonly protectData: boolean;
}

/**
 * An S3 bucket as every bucket of this program is: private, encrypted, versioned, reached by TLS only, and owned
 * whole by its account. (C7)
 */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** S3 replicates only buckets with versions, so replication depends on this. */
  readonly versioning: s3.BucketVersioning;

  constructor(name: string, args: PrivateBucketArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:PrivateBucket", name, {}, opts);
    // A bucket that is kept keeps its settings: without them it would be kept in the open.
    const child = { parent: this, retainOnDelete: args.protectData };

    const bucket = new s3.Bucket(
      `${name}-bucket`,
      // Of a stack that is rebuilt at will, objects are no reason to stay.
      { bucket: args.bucketName, ...(!args.protectData && { forceDestroy: true }) },
      { ...child, protect: args.protectData },
    );
    const closed = new s3.BucketPublicAccessBlock(
      `${name}-private`,
      {
        bucket: bucket.id,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    new s3.BucketOwnershipControls(
      `${name}-ownership`,
      { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
      child,
    );
    this.versioning = new s3.BucketVersioning(
      `${name}-versions`,
      { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    new s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      {
        bucket: bucket.id,
        rules: [
          args.keyArn === undefined
            ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
            : {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn },
                bucketKeyEnabled: true,
              },
        ],
      },
      child,
    );
    // S3 refuses a policy while another setting of the bucket's access is being changed.
    new s3.BucketPolicy(
      `${name}-policy`,
      {
        bucket: bucket.id,
        policy: policyDocument([tlsOnly(bucket.arn), ...(args.statements?.(bucket.arn) ?? [])]),
      },
      { ...child, dependsOn: [closed] },
    );
    new s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      { bucket: bucket.id, rules: [abandonedUploads, ...args.lifecycleRules] },
      { ...child, dependsOn: [this.versioning] },
    );
    if (args.accessLogs !== undefined) {
      new s3.BucketLogging(
        `${name}-access-logs`,
        { bucket: bucket.id, targetBucket: args.accessLogs.bucketName, targetPrefix: `${args.bucketName}/` },
        child,
      );
    }

    this.bucketName = bucket.bucket;
    this.arn = bucket.arn;
    this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
  }
}

const abandonedUploads: LifecycleRule = {
  id: "abandoned-uploads",
  status: "Enabled",
  filter: { prefix: "" },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};

function tlsOnly(bucketArn: pulumi.Output<string>): Statement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
