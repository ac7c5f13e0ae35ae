import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { PrivateBucket } from "./bucket";
import { policyDocument, trustService } from "./policy";

export interface ReplicationArgs {
  readonly source: PrivateBucket;
  readonly replica: PrivateBucket;
  readonly region: string;
  readonly replicaRegion: string;
  readonly keyArn: pulumi.Input<string>;
  readonly replicaKeyArn: pulumi.Input<string>;
}

/**
 * Copies what is written to a bucket into its replica in another region within 15 minutes, well inside the hour of
 * data that may be lost (C7, 001, 004). Deletions are not copied: the replica is there for mistakes too.
 */
export class Replication extends pulumi.ComponentResource {
  constructor(name: string, args: ReplicationArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:Replication", name, {}, opts);
    const child = { parent: this };
    const { source, replica } = args;

    const role = new iam.Role(`${name}-role`, { assumeRolePolicy: trustService("s3.amazonaws.com") }, child);
    const permission = new iam.RolePolicy(
      `${name}-copy`,
      {
        role: role.id,
        policy: policyDocument([
          {
            Sid: "ReadSettings",
            Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
            Resource: source.arn,
          },
          {
            Sid: "ReadObjects",
            Action: [
              "s3:GetObjectVersionForReplication",
              "s3:GetObjectVersionAcl",
              "s3:GetObjectVersionTagging",
            ],
            Resource: pulumi.interpolate`${source.arn}/*`,
          },
          {
            Sid: "WriteCopies",
            Action: ["s3:ReplicateObject", "s3:ReplicateTags"],
            Resource: pulumi.interpolate`${replica.arn}/*`,
          },
          {
            Sid: "DecryptSource",
            Action: "kms:Decrypt",
            Resource: args.keyArn,
            Condition: { StringLike: { "kms:ViaService": `s3.${args.region}.amazonaws.com` } },
          },
          {
            Sid: "EncryptCopies",
            // Encrypt alone leaves each copy failed where the bucket has a key of its own for a while.
            Action: ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"],
            Resource: args.replicaKeyArn,
            Condition: { StringLike: { "kms:ViaService": `s3.${args.replicaRegion}.amazonaws.com` } },
          },
        ]),
      },
      child,
    );
    new s3.BucketReplicationConfig(
      `${name}-rules`,
      {
        bucket: source.bucketName,
        role: role.arn,
        rules: [
          {
            id: "everything",
            status: "Enabled",
            priority: 0,
            filter: { prefix: "" },
            deleteMarkerReplication: { status: "Disabled" },
            sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
            destination: {
              bucket: replica.arn,
              storageClass: "STANDARD_IA",
              encryptionConfiguration: { replicaKmsKeyId: args.replicaKeyArn },
              replicationTime: { status: "Enabled", time: { minutes: 15 } },
              metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
            },
          },
        ],
      },
      { ...child, dependsOn: [permission, source.versioning, replica.versioning] },
    );
    this.registerOutputs();
  }
}
