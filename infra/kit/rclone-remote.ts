import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "../cluster/cluster";

/**
 * A bucket of AWS as the rclone of a pod knows it, under the name `bucket`: the pod's own identity opens it. (C6)
 *
 * @see https://rclone.org/docs/#config-file
 */
export function rcloneRemote(region: string): Readonly<Record<string, string>> {
  return {
    RCLONE_CONFIG_BUCKET_TYPE: "s3",
    RCLONE_CONFIG_BUCKET_ENV_AUTH: "true",
    RCLONE_CONFIG_BUCKET_REGION: region,
    // The bucket exists, and the key may not create one.
    RCLONE_CONFIG_BUCKET_NO_CHECK_BUCKET: "true",
  };
}

/** A folder of the remote. @param folder without a slash at its ends */
export function remoteFolder({ name }: Bucket, folder: string): pulumi.Output<string> {
  return pulumi.interpolate`bucket:${name}/${folder}`;
}
