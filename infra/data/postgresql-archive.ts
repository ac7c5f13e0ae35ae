import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Secret } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { archiveFolder } from "../cluster/backup-folders";
import type { Bucket } from "../cluster/cluster";
import { checksumSettings } from "../kit/object-storage-checksums";
import { childOptions } from "../kit/site";
import { resources } from "../kit/values";
import { apiVersion, type PostgreSqlArgs } from "./postgresql-args";
import type { BackupSchedule } from "./store";

/** The operator's plugin that archives. */
export const archivePlugin = "barman-cloud.cloudnative-pg.io";

/**
 * Daily base backups, and every segment of the log between them, so that any moment of the last 30 days can
 * be restored. (R1)
 */
const backups: BackupSchedule = { schedule: "0 2 * * *", retentionDays: 30 };

/** The bucket's folder with the archives of all clusters that have had a cluster's name. */
export function archiveOf({ namespace, clusterName }: PostgreSqlArgs): string {
  return `${archiveFolder(namespace)}/${clusterName}`;
}

/** Where the log and the base backups go; undefined where the cluster has no bucket for them. */
export function createArchive(
  name: string,
  args: PostgreSqlArgs,
  parent: pulumi.Resource,
): pulumi.Resource | undefined {
  const { site, namespace, clusterName } = args;
  const bucket = site.cluster.buckets.backups;
  if (bucket === undefined) return undefined;
  const key = createBucketKey(name, bucket, args, parent);
  return new CustomResource(
    `${name}-archive`,
    {
      apiVersion: "barmancloud.cnpg.io/v1",
      kind: "ObjectStore",
      metadata: { name: clusterName, namespace },
      spec: {
        configuration: {
          destinationPath: pulumi.interpolate`s3://${bucket.name}/${archiveOf(args)}`,
          ...(bucket.endpoint !== undefined && { endpointURL: bucket.endpoint }),
          s3Credentials:
            key === undefined
              ? { inheritFromIAMRole: true }
              : {
                  accessKeyId: { name: key.metadata.name, key: "accessKey" },
                  secretAccessKey: { name: key.metadata.name, key: "secretKey" },
                },
          wal: { compression: "gzip" },
          data: { compression: "gzip" },
        },
        instanceSidecarConfiguration: {
          resources: resources({ cpu: "25m", memory: "256Mi", cpuLimit: "1" }),
          ...(bucket.endpoint !== undefined && {
            env: Object.entries(checksumSettings(bucket)).map(([name, value]) => ({ name, value })),
          }),
        },
      },
    },
    childOptions(parent, site, namespace, key),
  );
}

/** What opens the bucket; undefined where the pods' own identity does. */
function createBucketKey(
  name: string,
  { key }: Bucket,
  { site, namespace, clusterName }: PostgreSqlArgs,
  parent: pulumi.Resource,
): Secret | undefined {
  if (key === undefined) return undefined;
  return new Secret(
    `${name}-archive-key`,
    {
      metadata: { name: `${clusterName}-archive-key`, namespace },
      stringData: { accessKey: pulumi.secret(key.accessKey), secretKey: pulumi.secret(key.secretKey) },
    },
    childOptions(parent, site, namespace),
  );
}

export function scheduleBackups(
  name: string,
  { site, namespace, clusterName }: PostgreSqlArgs,
  cluster: pulumi.Resource,
  parent: pulumi.Resource,
): void {
  new CustomResource(
    `${name}-backups`,
    {
      apiVersion,
      kind: "ScheduledBackup",
      metadata: { name: clusterName, namespace },
      spec: {
        cluster: { name: clusterName },
        // The operator's schedules begin with seconds.
        schedule: `0 ${backups.schedule}`,
        immediate: true,
        backupOwnerReference: "cluster",
        method: "plugin",
        pluginConfiguration: { name: archivePlugin },
      },
    },
    childOptions(parent, site, namespace, cluster),
  );
}
