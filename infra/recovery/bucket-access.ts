import * as pulumi from "@pulumi/pulumi";
import { recoveryFolder } from "../cluster/backup-folders";
import type { Bucket } from "../cluster/cluster";
import { checksumSettings } from "../kit/object-storage-checksums";
import { rcloneRemote } from "../kit/rclone-remote";
import type { Site } from "../kit/site";
import type { Variable } from "./recoverable-store";

/** The bundle that opens the bucket where the pods' own identity does not, and the key that backups are encrypted with. */
const bundle = "backup-bucket";

/** How scripts reach the bucket of the backups, by names that rclone knows. */
export interface BucketAccess {
  readonly environment: Readonly<Record<string, Variable>>;
  /** Where a store's backups go. */
  readonly destination: (store: string) => pulumi.Input<string>;
  /** A folder of the bucket, as others than the scripts write to it. */
  readonly folder: (path: pulumi.Input<string>) => pulumi.Output<string>;
  /** Another bucket that the same identity opens. */
  readonly inBucket: (name: pulumi.Input<string>) => pulumi.Output<string>;
}

/**
 * Access to the bucket of the backups from a namespace. On AWS the pods' identity opens it and the bucket encrypts with a key
 * of the account's. Elsewhere a Secret opens it, and what is written is encrypted before it leaves the pod. (R1, C6, C8)
 */
export function bucketAccess(site: Site, namespace: string, bucket: Bucket): BucketAccess {
  const inBucket = (name: pulumi.Input<string>) => pulumi.interpolate`bucket:${name}`;
  const folder = (path: pulumi.Input<string>) => pulumi.interpolate`${inBucket(bucket.name)}/${path}`;
  const backups = recoveryFolder(namespace);
  const remote = rcloneRemote(bucket.region);
  const { key, endpoint } = bucket;
  if (key === undefined || endpoint === undefined) {
    return {
      environment: { ...remote, RCLONE_CONFIG_BUCKET_PROVIDER: "AWS" },
      destination: (store) => folder(`${backups}/${store}`),
      folder,
      inBucket,
    };
  }
  const secret = site.secrets.provide(namespace, bundle, {
    AWS_ACCESS_KEY_ID: key.accessKey,
    AWS_SECRET_ACCESS_KEY: key.secretKey,
  });
  return {
    environment: {
      ...remote,
      RCLONE_CONFIG_BUCKET_PROVIDER: "Linode",
      RCLONE_CONFIG_BUCKET_ENDPOINT: endpoint,
      AWS_ACCESS_KEY_ID: { secret, key: "AWS_ACCESS_KEY_ID" },
      AWS_SECRET_ACCESS_KEY: { secret, key: "AWS_SECRET_ACCESS_KEY" },
      ...checksumSettings(bucket),
      ENCRYPTION_KEY: { secret, key: "encryption-key" },
      RCLONE_CONFIG_SEALED_TYPE: "crypt",
      RCLONE_CONFIG_SEALED_REMOTE: folder(backups),
      RCLONE_CONFIG_SEALED_FILENAME_ENCRYPTION: "off",
      RCLONE_CONFIG_SEALED_DIRECTORY_NAME_ENCRYPTION: "false",
    },
    destination: (store) => `sealed:${store}`,
    folder,
    inBucket,
  };
}
