import { modelCopies, recoveryFolder } from "../cluster/backup-folders";
import type { Site } from "../kit/site";
import type { BucketAccess } from "./bucket-access";
import type { RecoverableStore } from "./recoverable-store";
import { recoverySoftware } from "./software";

const user = 1000;

/**
 * The models: every hour those that are new or others are copied to the bucket of the backups, where a model's bucket being lost or
 * emptied does not reach them; earlier versions are in the models' own bucket, and in its copy in the other region. Only
 * where the pods' identity opens both buckets: none elsewhere. (R1, 000, 001)
 */
export function recoverableModels(
  { cluster }: Site,
  { folder, inBucket }: BucketAccess,
  namespace: string,
): readonly RecoverableStore[] {
  const bucket = cluster.buckets.models;
  if (bucket === undefined || bucket.key !== undefined) return [];
  const common = {
    image: recoverySoftware.rclone.image,
    user,
    environment: {
      SOURCE: inBucket(bucket.name),
      COPY: folder(`${recoveryFolder(namespace)}/${modelCopies.folder}`),
    },
    workspace: "1Gi",
  };
  return [
    {
      name: modelCopies.store,
      kind: "models",
      period: "hourly",
      backup: {
        ...common,
        script: "models-backup.sh",
        resources: { cpu: "100m", memory: "512Mi", cpuLimit: "1" },
      },
      check: {
        ...common,
        script: "models-check.sh",
        resources: { cpu: "200m", memory: "512Mi", cpuLimit: "2" },
      },
    },
  ];
}
