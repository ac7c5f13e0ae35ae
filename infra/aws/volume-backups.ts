import * as backup from "@pulumi/aws/backup";
import * as iam from "@pulumi/aws/iam";
import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import type { AwsConfig } from "../config/aws";
import { trustService } from "./policy";

/** Mark what is backed up: the EBS driver puts them on every volume that it makes, and the shared files have them. */
export function volumeTags(clusterName: string): Readonly<Record<string, string>> {
  return { "ai-platform/backup": "daily", "ai-platform/cluster": clusterName };
}

/** Marks volumes that go with their pod, which are not backed up. */
const scratchTag = { key: "ai-platform/scratch", value: "true" };

/** Has the EBS driver mark a class's volumes as scratch. */
export const scratchTagSpecification = {
  tagSpecification_1: `${scratchTag.key}=${scratchTag.value}`,
} as const;

export interface VolumeBackupsArgs {
  readonly config: NonNullable<AwsConfig["volumeBackups"]>;
  /** What the vaults and the plan are named after; unique in account and region. */
  readonly clusterName: string;
  readonly keyArn: pulumi.Input<string>;
  /** Where copies of the backups go; undefined when nowhere. */
  readonly replica?: { readonly provider: Provider; readonly keyArn: pulumi.Input<string> };
  /** Whether the vaults are protected and locked, so that no backup is deleted before its time. */
  readonly protectData: boolean;
}

const backupPolicies = [
  "AWSBackupServiceRolePolicyForBackup",
  "AWSBackupServiceRolePolicyForRestores",
] as const;

/**
 * Backs every persistent volume of the cluster up, but for those that go with their pod, and its shared files, daily at 02:00 UTC, and copies the backup to another region
 * (001, 004). Buckets have versions and replicas of their own; databases are backed up by their operators, which can
 * go back to any moment, and into the backups bucket.
 */
export class VolumeBackups extends pulumi.ComponentResource {
  constructor(name: string, args: VolumeBackupsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:VolumeBackups", name, {}, opts);
    const child = { parent: this };
    const lifecycle = { deleteAfter: args.config.retentionDays };

    const vault = this.createVault(name, args, args.keyArn, child);
    const copies =
      args.replica &&
      this.createVault(`${name}-copies`, args, args.replica.keyArn, {
        ...child,
        provider: args.replica.provider,
      });

    const plan = new backup.Plan(
      `${name}-plan`,
      {
        name: `${args.clusterName}-volumes`,
        rules: [
          {
            ruleName: "daily",
            targetVaultName: vault.name,
            schedule: "cron(0 2 * * ? *)",
            scheduleExpressionTimezone: "Etc/UTC",
            // Started within an hour and done within eight, or reported as missed.
            startWindow: 60,
            completionWindow: 480,
            lifecycle,
            ...(copies && { copyActions: [{ destinationVaultArn: copies.arn, lifecycle }] }),
          },
        ],
      },
      child,
    );
    const role = new iam.Role(
      `${name}-role`,
      { assumeRolePolicy: trustService("backup.amazonaws.com") },
      child,
    );
    const permissions = backupPolicies.map(
      (policy) =>
        new iam.RolePolicyAttachment(
          `${name}-${policy}`,
          { role: role.name, policyArn: `arn:aws:iam::aws:policy/service-role/${policy}` },
          child,
        ),
    );
    new backup.Selection(
      `${name}-volumes`,
      {
        name: `${args.clusterName}-volumes`,
        planId: plan.id,
        iamRoleArn: role.arn,
        resources: ["arn:aws:ec2:*:*:volume/*", "arn:aws:elasticfilesystem:*:*:file-system/*"],
        conditions: [
          {
            stringEquals: Object.entries(volumeTags(args.clusterName)).map(([key, value]) => ({
              key: `aws:ResourceTag/${key}`,
              value,
            })),
            stringNotEquals: [{ key: `aws:ResourceTag/${scratchTag.key}`, value: scratchTag.value }],
          },
        ],
      },
      { ...child, dependsOn: permissions },
    );
    this.registerOutputs();
  }

  private createVault(
    name: string,
    { clusterName, config, protectData }: VolumeBackupsArgs,
    kmsKeyArn: pulumi.Input<string>,
    opts: pulumi.CustomResourceOptions,
  ): backup.Vault {
    const vault = new backup.Vault(
      `${name}-vault`,
      { name: `${clusterName}-volumes`, kmsKeyArn, ...(!protectData && { forceDestroy: true }) },
      { ...opts, protect: protectData, retainOnDelete: protectData },
    );
    if (protectData) {
      // Without `changeableForDays` the lock is in governance mode: it can be lifted with the right in IAM.
      new backup.VaultLockConfiguration(
        `${name}-lock`,
        { backupVaultName: vault.name, minRetentionDays: config.retentionDays },
        opts,
      );
    }
    return vault;
  }
}
