import { z } from "zod";
import type { Plan } from "../../model/plan";
import type { Fault } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";

const lock = z.object({
  backupVaultName: z.string(),
  minRetentionDays: z.number().optional(),
  maxRetentionDays: z.number().optional(),
});
const lifecycle = z
  .object({ deleteAfter: z.number().optional(), coldStorageAfter: z.number().optional() })
  .default({});
const backups = z.object({
  rules: z.array(
    z.object({
      ruleName: z.string(),
      targetVaultName: z.string(),
      lifecycle,
      copyActions: z.array(z.object({ destinationVaultArn: z.string(), lifecycle })).default([]),
    }),
  ),
});
const replication = z.object({
  bucket: z.string(),
  rules: z.array(z.object({ status: z.string(), destination: z.object({ bucket: z.string() }) })),
});
const versioning = z.object({
  bucket: z.string(),
  versioningConfiguration: z.object({ status: z.string() }),
});

/** Copies are kept as long as their vault demands, and buckets that are copied keep versions. */
export const copiesAreKept: Check = ({ plan }) =>
  plan === undefined
    ? nothing
    : sum([
        each(plan.all("aws:backup/plan:Plan", backups), ({ name, inputs }) =>
          inputs.rules.flatMap((rule) => [
            ...termFaults(plan, name, rule.ruleName, rule.targetVaultName, rule.lifecycle),
            ...rule.copyActions.flatMap(({ destinationVaultArn, lifecycle: term }) =>
              termFaults(plan, name, rule.ruleName, vaultName(plan, destinationVaultArn), term),
            ),
          ]),
        ),
        each(
          plan.all("aws:s3/bucketReplicationConfig:BucketReplicationConfig", replication),
          ({ name, dependsOn, inputs }) => replicationFaults(plan, name, dependsOn, inputs),
        ),
      ]);

function vaultName(plan: Plan, arn: string): string {
  const found = plan
    .all("aws:backup/vault:Vault", z.object({ name: z.string() }))
    .find(({ name }) => `arn:aws:backup/vault:Vault:${name}` === arn);
  return found?.inputs.name ?? "";
}

function termFaults(
  plan: Plan,
  object: string,
  rule: string,
  vault: string,
  term: z.infer<typeof lifecycle>,
): readonly Fault[] {
  const days = term.deleteAfter ?? Number.POSITIVE_INFINITY;
  const wrong = plan
    .all("aws:backup/vaultLockConfiguration:VaultLockConfiguration", lock)
    .filter(({ inputs }) => inputs.backupVaultName === vault)
    .some(
      ({ inputs: { minRetentionDays = 0, maxRetentionDays = Number.POSITIVE_INFINITY } }) =>
        days < minRetentionDays || days > maxRetentionDays,
    );
  const isCold = term.coldStorageAfter !== undefined && days < term.coldStorageAfter + 90;
  const source =
    "AWS Backup developer guide, vault lock: jobs outside of the vault's terms fail; lifecycle: 90 days in cold storage";
  return [
    ...(wrong
      ? [
          {
            object,
            rule: `its rule ${rule} keeps copies for ${days} days, and the lock of the vault ${vault} demands others: its jobs fail`,
            source,
            fix: "bring deleteAfter and the vault's lock together",
          },
        ]
      : []),
    ...(isCold
      ? [
          {
            object,
            rule: `its rule ${rule} ends copies within 90 days of cold storage: it is refused`,
            source,
            fix: "raise deleteAfter",
          },
        ]
      : []),
  ];
}

function replicationFaults(
  plan: Plan,
  object: string,
  dependsOn: readonly string[],
  { bucket, rules }: z.infer<typeof replication>,
): readonly Fault[] {
  const all = plan.all("aws:s3/bucket:Bucket", z.object({ bucket: z.string().optional() }));
  const source = all.find(({ name, inputs }) => inputs.bucket === bucket || `${name}-id` === bucket)?.name;
  const targets = rules.map(({ destination }) => destination.bucket.split(":").at(-1));
  return [source, ...targets].flatMap((name) => {
    if (name === undefined || !all.some((one) => one.name === name)) return [];
    const kept = plan
      .all("aws:s3/bucketVersioning:BucketVersioning", versioning)
      .find(({ inputs }) => inputs.bucket === `${name}-id`);
    const isOn = kept?.inputs.versioningConfiguration.status === "Enabled";
    return isOn && dependsOn.includes(kept.urn)
      ? []
      : [
          {
            object,
            rule: isOn
              ? `it does not wait for the versions of ${name}: S3 refuses to copy a bucket without them`
              : `the bucket ${name} keeps no versions: S3 refuses to copy it`,
            source: "S3 user guide, replication: requirements",
            fix: isOn ? "depend on the bucket's versioning" : "enable versioning of both buckets",
          },
        ];
  });
}
