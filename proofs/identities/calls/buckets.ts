import type { PlannedRole, World } from "../world";
import { account, type Call, type Caller, calls, listing, withKey } from "./call";

const writing = ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];

function adds(world: World, bucket: string, folder: string): readonly Call[] {
  const arn = world.bucket(bucket);
  return [
    ...listing(arn, folder),
    ...calls(writing, `${arn}/${folder === "" ? "" : `${folder}/`}object`),
    ...withKey(world, "kms:GenerateDataKey", "kms:Decrypt"),
  ];
}

function reads(world: World, bucket: string, folder: string): readonly Call[] {
  const arn = world.bucket(bucket);
  return [
    ...listing(arn, folder),
    { action: "s3:GetObject", resource: `${arn}/${folder === "" ? "" : `${folder}/`}object` },
    ...withKey(world, "kms:Decrypt"),
  ];
}

function namespaceOf({ accounts }: PlannedRole): string {
  return accounts[0]?.namespace ?? "";
}

/** Objects in the bucket of backups outside of some folders. */
function othersBackups(world: World, ...own: readonly string[]): readonly Call[] {
  const arn = world.bucket("backups");
  const folders = ["velero", "recovery/other", "postgresql/other/cluster"].filter(
    (one) => !own.includes(one),
  );
  return folders.flatMap((folder) => [
    ...calls(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], `${arn}/${folder}/object`),
    { action: "s3:ListBucket", resource: arn, context: { "s3:prefix": `${folder}/` } },
  ]);
}

const s3 = "S3, actions: what GetObject, PutObject, HeadBucket and ListObjectsV2 take";

/** A job that copies a folder of a bucket onto a volume: it reads that folder and changes nothing. */
function copies(job: string, bucket: string, folder: string): Caller {
  return {
    has: account(job),
    needs: (world) => reads(world, bucket, folder),
    mustNot: (world) => [
      ...othersBackups(world),
      { action: "s3:GetObject", resource: `${world.bucket(bucket)}/other/object` },
      ...calls(["s3:PutObject", "s3:DeleteObject"], `${world.bucket(bucket)}/${folder}/object`),
    ],
    source: `rclone, S3: permissions. ${s3}`,
  };
}

/** Software that stores data in buckets. */
export const bucketCallers: readonly Caller[] = [
  {
    has: account("velero-server"),
    needs: (world) => [
      ...adds(world, "backups", "velero"),
      { action: "s3:DeleteObject", resource: `${world.bucket("backups")}/velero/backups/old/object` },
    ],
    mustNot: (world) => [
      ...othersBackups(world, "velero"),
      { action: "s3:DeleteObjectVersion", resource: `${world.bucket("backups")}/velero/object` },
    ],
    source: "velero-plugin-for-aws, README: permissions for Velero",
  },
  {
    has: ({ accounts }) => accounts.some(({ name }) => postgresqlAccounts.includes(name)),
    needs: (world, role) => adds(world, "backups", `postgresql/${namespaceOf(role)}/${accountOf(role)}`),
    mustNot: (world, role) => [
      ...othersBackups(world),
      ...calls(
        ["s3:GetObject", "s3:PutObject"],
        `${world.bucket("backups")}/postgresql/${namespaceOf(role)}/other/object`,
      ),
      ...calls(
        ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        `${world.bucket("backups")}/postgresql/${namespaceOf(role)}/${accountOf(role)}/object`,
      ),
    ],
    source: "Barman Cloud, AWS S3: permissions; the retention is the bucket's own",
  },
  {
    has: ({ accounts }) => accounts.some(({ name }) => name.endsWith("-backup")),
    needs: (world, role) => foldersOf(role).flatMap((folder) => adds(world, "backups", folder)),
    mustNot: (world, role) => [
      ...othersBackups(world),
      ...neighbours(world, role),
      ...foldersOf(role).map((folder) => ({
        action: "s3:DeleteObject",
        resource: `${world.bucket("backups")}/${folder}/object`,
      })),
    ],
    source: `rclone, S3: permissions. ${s3}`,
  },
  {
    has: ({ accounts }) => accounts.some(({ name }) => name.endsWith("-restore-check")),
    needs: (world, role) => [
      ...foldersOf(role).flatMap((folder) => reads(world, "backups", folder)),
      ...(postgresqlAccounts.includes(storeOf(role))
        ? reads(world, "backups", `postgresql/${namespaceOf(role)}/${storeOf(role)}`)
        : []),
    ],
    mustNot: (world, role) => [
      ...othersBackups(world),
      ...neighbours(world, role),
      ...foldersOf(role).map((folder) => ({
        action: "s3:PutObject",
        resource: `${world.bucket("backups")}/${folder}/object`,
      })),
    ],
    source: `rclone, S3: permissions. ${s3}`,
  },
  {
    has: ({ accounts }) => accounts.some(({ name }) => name === "loki" || name === "tempo"),
    needs: (world) => [
      ...adds(world, "telemetry", ""),
      ...calls(
        ["s3:DeleteObject", "s3:GetObjectTagging", "s3:PutObjectTagging"],
        `${world.bucket("telemetry")}/object`,
      ),
    ],
    mustNot: (world) => othersBackups(world),
    source: "Loki, storage: S3 deployment; Tempo, S3 permissions",
  },
  {
    has: account("mlflow"),
    needs: (world) => adds(world, "models", "mlflow"),
    mustNot: (world) => [
      ...othersBackups(world),
      ...calls(["s3:DeleteObject", "s3:DeleteObjectVersion"], `${world.bucket("models")}/object`),
    ],
    source: `MLflow, artifact stores: S3. ${s3}`,
  },
  {
    has: account("model-training"),
    needs: (world) => adds(world, "models", "market-research"),
    mustNot: (world) => [
      ...othersBackups(world),
      ...calls(["s3:GetObject", "s3:PutObject"], `${world.bucket("models")}/atlas/object`),
      ...calls(
        ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        `${world.bucket("models")}/market-research/object`,
      ),
    ],
    source: s3,
  },
  copies("model-sync", "models", "market-research"),
  copies("model-repository-sync", "models", "atlas"),
  copies("anonymised-data", "data", "atlas/anonymised"),
  {
    has: account("data-anonymiser"),
    needs: (world) => adds(world, "data", "atlas/anonymised"),
    mustNot: (world) => [
      ...othersBackups(world),
      { action: "s3:GetObject", resource: `${world.bucket("data")}/ai-middleware/object` },
      ...calls(
        ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        `${world.bucket("data")}/atlas/anonymised/object`,
      ),
    ],
    source: s3,
  },
  copies("documents-sync", "data", "market-research/documents"),
  {
    has: ({ accounts }) =>
      accounts.some(({ name }) => name === "ai-middleware" || name === "ai-middleware-worker"),
    needs: (world) => [
      ...adds(world, "data", "ai-middleware"),
      { action: "s3:DeleteObject", resource: `${world.bucket("data")}/ai-middleware/object` },
    ],
    mustNot: (world) => [
      ...othersBackups(world),
      { action: "s3:DeleteObjectVersion", resource: `${world.bucket("data")}/ai-middleware/object` },
      { action: "s3:GetObject", resource: `${world.bucket("data")}/market-research/documents/object` },
    ],
    source: s3,
  },
];

/** Accounts of PostgreSQL clusters: CloudNativePG runs instances under the cluster's name. */
const postgresqlAccounts: readonly string[] = [
  "timescaledb",
  "model-registry",
  "postgres",
  "analytics",
  "user-organization",
];

function accountOf({ accounts }: PlannedRole): string {
  return accounts[0]?.name ?? "";
}

/** The store whose backups a job makes or checks: its account is `SYSTEM-STORE-backup` or `SYSTEM-STORE-restore-check`. */
function storeOf(role: PlannedRole): string {
  const own = accountOf(role).replace(/-(backup|restore-check)$/, "");
  // The operator names MongoDB's account like its system.
  return own === "ai-middleware-mongodb" ? own : own.replace(/^(atlas|ai-middleware|aiaas)-/, "");
}

/** The folders of a store's backups; models are copied next to theirs. */
function foldersOf(role: PlannedRole): readonly string[] {
  const store = storeOf(role);
  return [store, ...(store === "models" ? ["model-copies"] : [])].map(
    (folder) => `recovery/${namespaceOf(role)}/${folder}`,
  );
}

/** The backups of other stores of the same namespace. */
function neighbours(world: World, role: PlannedRole): readonly Call[] {
  return calls(
    ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    `${world.bucket("backups")}/recovery/${namespaceOf(role)}/other/object`,
  );
}
