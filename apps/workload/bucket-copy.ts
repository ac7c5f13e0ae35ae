import { readFileSync } from "node:fs";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "../../infra/cluster/cluster";
import { imageReference } from "../../infra/kit/mirror";
import { rcloneRemote, remoteFolder } from "../../infra/kit/rclone-remote";
import type { Site } from "../../infra/kit/site";
import {
  keptVersions,
  modelChecksums,
  modelFacts,
  modelFolder,
  modelsPath,
} from "../../infra/models/contract";
import { cloudServices } from "../../infra/network/edge";
import { recoverySoftware } from "../../infra/recovery/software";
import { Batch, type BatchArgs } from "./batch";
import type { EnvironmentValue } from "./container";

const scripts = join(__dirname, "../../infra/models/scripts");
const scriptsFolder = "/scripts";

/** Arguments that all jobs share that copy from a bucket. */
interface CopyArgs {
  readonly site: Site;
  readonly namespace: string;
  /** Name of the job, and of its account, which the cloud lets read the bucket. */
  readonly workload: string;
  readonly bucket: Bucket;
  /** Claim of the volume. */
  readonly claim: string;
}

/** Arguments of {@link createModelSync}. */
export interface ModelSyncArgs extends CopyArgs {
  /** The system's name, and that of its folder in the bucket. */
  readonly system: string;
  /** The models to copy, with their versions. */
  readonly models: readonly { readonly name: string; readonly version: string }[];
}

/**
 * A job that copies versions of models from the bucket to a volume. It runs when the stack names other versions, before the
 * workloads that load them start. (N2, N3, 000, 004)
 */
export function createModelSync(
  name: string,
  { system, models, ...args }: ModelSyncArgs,
  parent: pulumi.Resource,
): Batch {
  return copyJob(
    name,
    {
      ...args,
      script: "sync-models.sh",
      folder: system,
      mountPath: modelsPath,
      environment: {
        MODELS: models.map((model) => modelFolder(model.name, model.version)).join(" "),
        MODEL_CONFIG: modelFacts,
        MODEL_CHECKSUMS: modelChecksums,
        KEEP_VERSIONS: String(keptVersions),
      },
      urgent: true,
    },
    parent,
  );
}

/** Arguments of {@link createFolderSync}. */
export interface FolderSyncArgs extends CopyArgs {
  /** Folder of the bucket. */
  readonly folder: string;
  readonly mountPath: string;
  /** In the form of cron, in UTC: `0 2 * * *`. */
  readonly schedule: string;
}

/** A job that copies a folder of a bucket to a volume on a schedule, and deletes files there that the folder does not have. */
export function createFolderSync(name: string, args: FolderSyncArgs, parent: pulumi.Resource): Batch {
  return copyJob(name, { ...args, script: "sync-folder.sh", environment: {} }, parent);
}

interface CopyJobArgs extends CopyArgs, Pick<BatchArgs, "schedule" | "urgent"> {
  readonly script: string;
  readonly folder: string;
  readonly mountPath: string;
  readonly environment: Readonly<Record<string, EnvironmentValue>>;
}

function copyJob(name: string, args: CopyJobArgs, parent: pulumi.Resource): Batch {
  const { site, namespace, workload, bucket, claim, script, folder, mountPath, environment } = args;
  return new Batch(
    name,
    {
      site,
      namespace,
      workload,
      image: imageReference(recoverySoftware.rclone.image, site.settings.mirror),
      command: ["sh", `${scriptsFolder}/${script}`],
      environment: {
        HOME: "/tmp",
        ...rcloneRemote(bucket.region),
        RCLONE_CONFIG_BUCKET_PROVIDER: "AWS",
        SOURCE: remoteFolder(bucket, folder),
        DESTINATION: mountPath,
        ...environment,
      },
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1", memory: "1Gi" } },
      mounts: [
        { kind: "volume", path: mountPath, claim },
        {
          kind: "files",
          path: scriptsFolder,
          files: { [script]: readFileSync(join(scripts, script), "utf8") },
        },
      ],
      calls: [{ party: cloudServices(...bucket.hosts), ports: [443] }],
      ...(args.schedule !== undefined && { schedule: args.schedule }),
      ...(args.urgent !== undefined && { urgent: args.urgent }),
    },
    { parent },
  );
}
