import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigMap, ServiceAccount } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "../cluster/cluster";
import { allowManagedDatabase } from "../data/managed-database";
import { childOptions, type Site } from "../kit/site";
import { cloudServices, pods } from "../network/edge";
import { type BackedUp, recoveryAccounts } from "./accounts";
import { type BucketAccess, bucketAccess } from "./bucket-access";
import { backupJob, backupSeconds, maximumAgeHours, restoreSeconds } from "./periods";
import type { RecoverableStore } from "./recoverable-store";
import { recoveryJob } from "./recovery-job";

/** Arguments of {@link Recovery}. */
export interface RecoveryArgs {
  readonly site: Site;
  readonly namespace: string;
  /** Where backups go: the site's bucket for them. */
  readonly bucket: Bucket;
  /** Whose stores they are. */
  readonly system: BackedUp;
  /** The stores, given the means to say where their backups are. */
  readonly stores: (access: BucketAccess) => readonly RecoverableStore[];
}

const scriptFolder = join(__dirname, "scripts");

/** What scripts of every kind read in. */
const shared = "library";

const scripts = "recovery-scripts";

/** When backups are made, in UTC: every hour, or daily at 02:00 where an archive of the log has what comes after. (R1, 000, 001) */
const schedules = { hourly: "0 * * * *", daily: "0 2 * * *" } as const;

/** Sundays at 05:00 UTC, when that night's backups are there. (001, R2) */
const checkSchedule = "0 5 * * 0";

/**
 * The backups of a namespace's stores, and the weekly proof that they can be restored. Each store has a
 * CronJob `PERIOD-backup-STORE` and a CronJob `weekly-restore-check-STORE`, which succeeds only when the
 * newest backup has been restored and contains what its manifest counts.
 * `kube_cronjob_status_last_successful_time` has the last success of both. Each job has its own account.
 *
 * Only the bucket's lifecycle deletes backups: an intruder in a store cannot destroy them. On AWS a backup
 * may only add to its store's folder, and a check, which processes what others have written, may only read.
 * (R1, R2)
 */
export class Recovery extends pulumi.ComponentResource {
  constructor(name: string, args: RecoveryArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:recovery:Recovery", name, {}, options);
    const { site, namespace, bucket, system } = args;
    const child = childOptions(this, site, namespace);
    const access = bucketAccess(site, namespace, bucket);
    const stores = args.stores(access);
    const cloud = cloudServices(...bucket.hosts);
    const configuration = new ConfigMap(
      `${name}-scripts`,
      { metadata: { name: scripts, namespace }, data: scriptsOf(stores) },
      child,
    );
    const accountOf = (part: string, account: string) =>
      new ServiceAccount(
        `${name}-${part}-account`,
        { metadata: { name: account, namespace }, automountServiceAccountToken: false },
        child,
      );

    const checks = pods(namespace, "restore-checks", { "ai-platform/recovery": "check" });
    site.network.allow(checks, cloud, 443);
    for (const store of stores) {
      const { period, backup, check } = store;
      const accounts = recoveryAccounts(system, store.name);
      const common = { site, namespace, scripts };
      const environment = { ...access.environment, DESTINATION: access.destination(store.name) };
      const job = backupJob(period, store.name);
      const backups = pods(namespace, job, { app: job });
      recoveryJob(
        `${name}-${store.name}-backup`,
        {
          ...common,
          account: accounts.backup,
          after: [configuration, accountOf(`${store.name}-backup`, accounts.backup)],
          job,
          labels: backups.labels,
          schedule: schedules[period],
          task: backup,
          deadlineSeconds: backupSeconds[period],
          environment,
        },
        this,
      );
      recoveryJob(
        `${name}-${store.name}-check`,
        {
          ...common,
          account: accounts.restoreCheck,
          after: [configuration, accountOf(`${store.name}-check`, accounts.restoreCheck)],
          job: `weekly-restore-check-${store.name}`,
          labels: { app: `weekly-restore-check-${store.name}`, ...checks.labels },
          schedule: checkSchedule,
          task: check,
          deadlineSeconds: restoreSeconds,
          environment: { ...environment, MAXIMUM_AGE_HOURS: String(maximumAgeHours[period]) },
        },
        this,
      );
      site.network.allow(backups, cloud, 443);
      for (const { pods: party, port, podPort } of backup.calls ?? []) {
        site.network.allow(backups, party, podPort ?? port);
      }
      if (backup.managed !== undefined) {
        allowManagedDatabase(
          `${name}-${store.name}-database-policy`,
          { site, clients: backups, database: backup.managed },
          this,
        );
      }
    }
    this.registerOutputs();
  }
}

/** The scripts of those kinds of stores, by file name. */
function scriptsOf(stores: readonly RecoverableStore[]): Record<string, string> {
  const wanted = [shared, ...stores.map(({ kind }) => kind)];
  const files = readdirSync(scriptFolder).filter((file) => wanted.some((kind) => file.startsWith(kind)));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(scriptFolder, file), "utf8")]));
}

/** Backs a namespace's stores up where the site has a bucket for backups, and does nothing where it has none. (R1) */
export function backUp(
  name: string,
  args: Omit<RecoveryArgs, "bucket">,
  options?: pulumi.ComponentResourceOptions,
): void {
  const bucket = args.site.cluster.buckets.backups;
  if (bucket !== undefined) new Recovery(name, { ...args, bucket }, options);
}
