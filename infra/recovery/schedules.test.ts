import * as pulumi from "@pulumi/pulumi";
import { type Recording, recordOnSite } from "../../test/support/recorded/data-site";
import { asSecret, generatedPassword } from "../../test/support/recorded/objects";
import {
  aiaas,
  at,
  atlas,
  buildAiaas,
  buildAtlas,
  buildMiddleware,
  daily,
  environmentOf,
  hourly,
  linode,
  middleware,
  podSpec,
  record,
  weekly,
} from "../../test/support/recovery/systems";
import { backupJob } from "./periods";

/** Schedules of the CronJobs, by name. */
function schedulesOf({ objects }: Recording<void>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    objects
      .filter(({ kind }) => kind === "CronJob")
      .map(({ name, inputs }) => [name, at(inputs, "spec.schedule")]),
  );
}

test("Atlas' models, features and vectors are backed up so that an hour is lost at most; all are tried weekly (R1, R2)", () => {
  expect(schedulesOf(atlas)).toEqual({
    "hourly-backup-models": hourly,
    "daily-backup-model-registry": daily,
    "daily-backup-timescaledb": daily,
    "hourly-backup-vectors": hourly,
    "hourly-backup-cache": hourly,
    "hourly-backup-sessions": hourly,
    "weekly-restore-check-models": weekly,
    "weekly-restore-check-model-registry": weekly,
    "weekly-restore-check-timescaledb": weekly,
    "weekly-restore-check-vectors": weekly,
    "weekly-restore-check-cache": weekly,
    "weekly-restore-check-sessions": weekly,
  });
});

test("so are the stores of the AI Middleware and of AIaaS, and a database that the cloud runs every hour, since its own backups are a day apart (R1, 002, 003)", async () => {
  expect(Object.keys(schedulesOf(middleware)).sort()).toEqual([
    "daily-backup-postgres",
    "hourly-backup-ai-middleware-mongodb",
    "hourly-backup-redis",
    "weekly-restore-check-ai-middleware-mongodb",
    "weekly-restore-check-postgres",
    "weekly-restore-check-redis",
  ]);
  expect(Object.keys(schedulesOf(aiaas))).toContain("daily-backup-user-organization");
  const managed = await recordOnSite(buildAiaas, {
    buckets: linode(),
    databases: {
      "user-organization": {
        host: pulumi.output("db"),
        port: pulumi.output(5432),
        username: pulumi.output("u"),
        password: pulumi.output("p"),
      },
    },
  });
  expect(Object.keys(schedulesOf(managed))).toContain("daily-backup-analytics");
  expect(Object.keys(schedulesOf(managed))).not.toContain("daily-backup-user-organization");
  // By these names BackupJobLate and BackupJobMissing know them: alerts of the managed database, too.
  expect(schedulesOf(managed)).toHaveProperty(backupJob("hourly", "user-organization"));
  expect(schedulesOf(managed)).toMatchObject({
    "hourly-backup-user-organization": "0 * * * *",
    "weekly-restore-check-user-organization": "0 5 * * 0",
  });
  expect(environmentOf(managed, "hourly-backup-user-organization")).toMatchObject({
    DATABASE_URL: "user-organization-database/url",
    DUMP: "yes",
  });
  expect(environmentOf(managed, "weekly-restore-check-user-organization")).not.toHaveProperty("ARCHIVE");
  const policies = managed.objects.filter(({ kind }) => kind === "NetworkPolicy");
  expect(policies.map(({ inputs }) => at(inputs, "spec"))).toContainEqual(
    expect.objectContaining({
      podSelector: { matchLabels: { app: "hourly-backup-user-organization" } },
      egress: [expect.objectContaining({ ports: [{ protocol: "TCP", port: 5432 }] })],
    }),
  );
});

test("without a bucket there are no backups, and no user for them", async () => {
  for (const build of [buildAtlas, buildAiaas, buildMiddleware]) {
    expect(schedulesOf(await record(build, {}))).toEqual({});
  }
  const { find } = await record(buildMiddleware, {});
  expect(at(find("MongoDBCommunity", "ai-middleware-mongodb"), "spec.users")).toHaveLength(1);
});

test("on AWS the pods' identity opens the bucket, and no key does (C6)", () => {
  expect(environmentOf(atlas, "daily-backup-timescaledb")).toMatchObject({
    DESTINATION: "bucket:atlas-ai-backups/recovery/atlas-ai-production/timescaledb",
    RCLONE_CONFIG_BUCKET_PROVIDER: "AWS",
    RCLONE_CONFIG_BUCKET_ENV_AUTH: "true",
    PGHOST: "timescaledb-rw.atlas-ai-production.svc",
    PGDATABASE: "features",
    PGUSER: "timescaledb-secrets/username",
    PGPASSWORD: "timescaledb-secrets/password",
    DUMP: "yes",
  });
  expect(environmentOf(atlas, "daily-backup-timescaledb")).not.toHaveProperty("AWS_ACCESS_KEY_ID");
  expect(atlas.objects.filter(({ name }) => name === "backup-bucket")).toEqual([]);
  expect(at(atlas.find("CronJob", "daily-backup-timescaledb"), `${podSpec}.serviceAccountName`)).toBe(
    "atlas-timescaledb-backup",
  );
  expect(at(atlas.find("CronJob", "weekly-restore-check-timescaledb"), `${podSpec}.serviceAccountName`)).toBe(
    "atlas-timescaledb-restore-check",
  );
  for (const account of ["atlas-timescaledb-backup", "atlas-timescaledb-restore-check"]) {
    expect(atlas.find("ServiceAccount", account)).toMatchObject({ automountServiceAccountToken: false });
  }
});

test("elsewhere a Secret's key does, and what is written is encrypted before it leaves the pod (C8)", () => {
  for (const job of ["hourly-backup-redis", "weekly-restore-check-redis"]) {
    expect(environmentOf(aiaas, job)).toMatchObject({
      DESTINATION: "sealed:redis",
      RCLONE_CONFIG_SEALED_TYPE: "crypt",
      RCLONE_CONFIG_SEALED_REMOTE: "bucket:aiaas-prod-backups/recovery/production",
      RCLONE_CONFIG_BUCKET_ENDPOINT: "https://fr-par-1.linodeobjects.com",
      AWS_ACCESS_KEY_ID: "backup-bucket/AWS_ACCESS_KEY_ID",
      AWS_SECRET_ACCESS_KEY: "backup-bucket/AWS_SECRET_ACCESS_KEY",
      ENCRYPTION_KEY: "backup-bucket/encryption-key",
    });
  }
  expect(aiaas.find("Secret", "backup-bucket")).toMatchObject({
    stringData: asSecret({
      AWS_ACCESS_KEY_ID: "an-access-key",
      AWS_SECRET_ACCESS_KEY: "a-secret-key",
      "encryption-key": generatedPassword,
    }),
  });
});

test("an hourly backup ends before the next begins, and only what has an archive of its log is backed up daily (001, 004)", () => {
  for (const recording of [atlas, middleware, aiaas]) {
    for (const name of Object.keys(schedulesOf(recording))) {
      const seconds = Number(
        at(recording.find("CronJob", name), "spec.jobTemplate.spec.activeDeadlineSeconds"),
      );
      if (name.startsWith("hourly-backup-")) expect([name, seconds < 3600]).toEqual([name, true]);
      if (name.startsWith("daily-backup-")) {
        expect([name, JSON.stringify(recording.find("CronJob", name))]).toEqual([
          name,
          expect.stringContaining("postgresql-backup.sh"),
        ]);
      }
    }
  }
});
