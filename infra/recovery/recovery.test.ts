import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { createDocuments } from "../../apps/ai-middleware/documents";
import { createRecovery as recoverMiddleware } from "../../apps/ai-middleware/recovery";
import { createRedis as createMiddlewareRedis } from "../../apps/ai-middleware/redis";
import { createTimeSeries } from "../../apps/ai-middleware/time-series";
import { createAnalyticsDatabase } from "../../apps/aiaas/analytics-database";
import { createRecovery as recoverAiaas } from "../../apps/aiaas/recovery";
import { createRedis } from "../../apps/aiaas/redis";
import { createUserOrganizationDatabase } from "../../apps/aiaas/user-organization-database";
import { createCache } from "../../apps/atlas/cache";
import { atlas as atlasSystem } from "../../apps/atlas/definition";
import { createFeatureStore } from "../../apps/atlas/feature-store";
import { createRecovery as recoverAtlas } from "../../apps/atlas/recovery";
import { createSessions } from "../../apps/atlas/sessions";
import { createVectors } from "../../apps/atlas/vectors";
import { type Recording, recordOnSite } from "../../test/support/recorded/data-site";
import { asSecret, generatedPassword } from "../../test/support/recorded/objects";
import type { SiteChanges } from "../../test/support/recorded/site";
import type { Bucket, Cluster } from "../cluster/cluster";
import type { Site } from "../kit/site";
import { ModelRegistry } from "../platform/model-registry";

const scripts = join(__dirname, "scripts");

/** Something to hang the resources of a test on. */
class System extends pulumi.ComponentResource {
  constructor() {
    super("ai-platform:test:System", "system");
  }
}

const onAws = (name: string): Bucket => ({
  name,
  region: "us-east-1",
  hosts: ["s3.us-east-1.amazonaws.com"],
});
const aws: Cluster["buckets"] = { backups: onAws("atlas-ai-backups"), models: onAws("atlas-ai-models") };

const linode = (): Cluster["buckets"] => ({
  backups: {
    name: "aiaas-prod-backups",
    region: "fr-par",
    endpoint: "https://fr-par-1.linodeobjects.com",
    hosts: ["*.fr-par-1.linodeobjects.com"],
    key: { accessKey: pulumi.secret("an-access-key"), secretKey: pulumi.secret("a-secret-key") },
  },
});

function buildAtlas(site: Site): void {
  const namespace = "atlas-ai-production";
  recoverAtlas(
    "recovery",
    {
      site,
      namespace,
      featureStore: createFeatureStore(site, {}),
      modelRegistry: new ModelRegistry("model-registry", {
        site,
        house: atlasSystem,
        postgresql: site.cluster.provider,
      }),
      vectors: createVectors(site, {}),
      cache: createCache("cache", site, namespace, {}),
      sessions: createSessions("sessions", site, namespace, {}),
    },
    new System(),
  );
}

function buildAiaas(site: Site): void {
  const namespace = "production";
  recoverAiaas(
    "recovery",
    {
      site,
      namespace,
      analyticsDatabase: createAnalyticsDatabase(site, {}),
      userOrganizationDatabase: createUserOrganizationDatabase(site, {}),
      redis: createRedis("redis", site, namespace, {}),
    },
    new System(),
  );
}

function buildMiddleware(site: Site): void {
  const namespace = "ai-middleware";
  recoverMiddleware(
    "recovery",
    {
      site,
      namespace,
      timeSeries: createTimeSeries(site, {}),
      documents: createDocuments(site, {}),
      redis: createMiddlewareRedis("redis", site, namespace, {}),
    },
    new System(),
  );
}

const record = (build: (site: Site) => void, buckets: Cluster["buckets"], changes: SiteChanges = {}) =>
  recordOnSite(build, { ...changes, buckets });

let atlas: Recording<void>;
let aiaas: Recording<void>;
let middleware: Recording<void>;

beforeAll(async () => {
  atlas = await record(buildAtlas, aws);
  aiaas = await record(buildAiaas, linode());
  middleware = await record(buildMiddleware, aws);
});

/** Schedules of the CronJobs, by name. */
function schedulesOf({ objects }: Recording<void>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    objects
      .filter(({ kind }) => kind === "CronJob")
      .map(({ name, inputs }) => [name, at(inputs, "spec.schedule")]),
  );
}

const podSpec = "spec.jobTemplate.spec.template.spec";

function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (found, key) =>
        typeof found === "object" && found !== null
          ? Object.entries(found).find(([name]) => name === key)?.[1]
          : undefined,
      value,
    );
}

/** The plain variables of a CronJob's script, and the keys of Secrets that the others come from. */
function environmentOf({ find }: Recording<void>, job: string): Readonly<Record<string, unknown>> {
  const variables = at(find("CronJob", job), `${podSpec}.containers.0.env`);
  if (!Array.isArray(variables)) throw new Error(`${job} has no environment`);
  return Object.fromEntries(
    variables.map(({ name, value, valueFrom }) => [
      name,
      value ?? `${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`,
    ]),
  );
}

const daily = "0 2 * * *";
const hourly = "0 * * * *";
const weekly = "0 5 * * 0";

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

test("a database's check restores the archive that its own cluster writes, in the image that it runs (R2)", () => {
  const archive = at(atlas.find("ObjectStore", "timescaledb"), "spec.configuration.destinationPath");
  const variables = environmentOf(atlas, "weekly-restore-check-timescaledb");
  expect(variables).toMatchObject({
    PGDATABASE: "features",
    PRELOAD: "timescaledb",
    MAXIMUM_AGE_HOURS: "26",
  });
  expect(`s3://${String(variables.ARCHIVE).replace("bucket:", "")}`).toBe(
    `${archive}/${at(atlas.find("Cluster", "timescaledb"), "spec.plugins.0.parameters.serverName")}`,
  );
  const image = at(atlas.find("ImageCatalog", "timescaledb"), "spec.images.0.image");
  expect(at(atlas.find("CronJob", "weekly-restore-check-timescaledb"), `${podSpec}.containers.0.image`)).toBe(
    image,
  );
});

test("Redis' snapshot is a replica's, or every leader's of a cluster (R1, 001)", async () => {
  expect(environmentOf(atlas, "hourly-backup-cache")).toMatchObject({
    REDIS_HOST: "redis-replica.atlas-ai-production.svc",
    REDIS_CLUSTER: "no",
    REDISCLI_AUTH: "redis-credentials/password",
  });
  expect(environmentOf(atlas, "hourly-backup-sessions")).toMatchObject({
    REDIS_HOST: "market-data-redis-leader.atlas-ai-production.svc",
    REDIS_CLUSTER: "yes",
    REDISCLI_AUTH: "market-data-redis/password",
  });
  const single = await record(buildAtlas, aws, { settings: { availability: "single" } });
  expect(environmentOf(single, "hourly-backup-cache")).toMatchObject({
    REDIS_HOST: "redis-master.atlas-ai-production.svc",
  });
});

test("MongoDB is dumped by a user that may do nothing else, over TLS (R1, 003)", () => {
  expect(at(middleware.find("MongoDBCommunity", "ai-middleware-mongodb"), "spec.users.1")).toMatchObject({
    name: "backup",
    roles: [{ name: "backup", db: "admin" }],
    passwordSecretRef: { name: "mongodb-secret", key: "backup-password" },
  });
  const variables = environmentOf(middleware, "hourly-backup-ai-middleware-mongodb");
  expect(variables).toMatchObject({
    MONGODB_USER: "backup",
    MONGODB_PASSWORD: "mongodb-secret/backup-password",
    MONGODB_AUTHORITY: "/secrets/ca.crt",
  });
  expect(variables.MONGODB_HOSTS).toBe(
    `ai-middleware-mongodb/${[0, 1, 2]
      .map(
        (n) => `ai-middleware-mongodb-${n}.ai-middleware-mongodb-svc.ai-middleware.svc.cluster.local:27017`,
      )
      .join(",")}`,
  );
});

test("each backup reaches its own store, and no other; checks reach none (A9)", () => {
  const { allows } = atlas;
  const namespace = "atlas-ai-production";
  const job = (app: string) => ({ namespace, labels: { app } });
  const check = { namespace, labels: { app: "weekly-restore-check-cache", "ai-platform/recovery": "check" } };
  const redis = {
    namespace,
    labels: { app: "redis", redis_setup_type: "replication", role: "replication" },
  };
  const qdrant = {
    namespace,
    labels: { "app.kubernetes.io/name": "qdrant", "app.kubernetes.io/instance": "qdrant" },
  };
  const database = {
    namespace,
    labels: { "cnpg.io/cluster": "timescaledb", "app.kubernetes.io/component": "database" },
  };
  expect(allows(job("hourly-backup-cache"), redis, 6379)).toBe(true);
  expect(allows(job("hourly-backup-vectors"), qdrant, 6333)).toBe(true);
  expect(allows(job("daily-backup-timescaledb"), database, 5432)).toBe(true);
  expect(allows(job("hourly-backup-cache"), qdrant, 6333)).toBe(false);
  expect(allows(job("hourly-backup-vectors"), database, 5432)).toBe(false);
  expect(allows(check, redis, 6379)).toBe(false);
});

test("every pod is restricted, has limits, and works on a volume of its own (K1, K2)", () => {
  const { objects } = atlas;
  const jobs = objects.filter(({ kind }) => kind === "CronJob");
  expect(jobs).toHaveLength(12);
  for (const { inputs } of jobs) {
    const spec = at(inputs, podSpec);
    const containers = [at(spec, "containers"), at(spec, "initContainers")].flat();
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      restartPolicy: "Never",
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      volumes: expect.arrayContaining([
        expect.objectContaining({ name: "work", ephemeral: expect.anything() }),
      ]),
    });
    for (const container of containers) {
      expect(container).toMatchObject({
        image: expect.stringMatching(/^[^:]+\.[^:]+:[^:]*[0-9]/),
        resources: { requests: { cpu: expect.any(String) }, limits: { memory: expect.any(String) } },
        securityContext: {
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
        },
      });
    }
  }
});

test("vectors are restored into a server of the version that runs, in the same pod", () => {
  const { find } = atlas;
  expect(at(find("CronJob", "weekly-restore-check-vectors"), `${podSpec}.initContainers.1`)).toMatchObject({
    name: "server-0",
    restartPolicy: "Always",
    image: expect.stringMatching(/^docker\.io\/qdrant\/qdrant:v[0-9.]+-unprivileged$/),
    env: expect.arrayContaining([{ name: "QDRANT__SERVICE__HOST", value: "127.0.0.1" }]),
  });
});

test("every script that a job runs is among those that it finds, and no namespace has others'", () => {
  for (const [recording, kinds] of [
    [atlas, ["library", "models", "postgresql", "qdrant", "redis"]],
    [aiaas, ["library", "postgresql", "redis"]],
    [middleware, ["library", "mongodb", "postgresql", "redis"]],
  ] as const) {
    const { find, objects } = recording;
    const files = Object.keys(Object(at(find("ConfigMap", "recovery-scripts"), "data")));
    expect([...new Set(files.map((file) => file.split(/[-_.]/)[0]))].sort()).toEqual(kinds);
    for (const { inputs } of objects.filter(({ kind }) => kind === "CronJob")) {
      const [, script] = Object(at(inputs, `${podSpec}.containers.0.command`));
      expect(files.map((file) => `/scripts/${file}`)).toContain(script);
    }
  }
});

test("the shell reads every script, and finds what it reads in", () => {
  for (const file of readdirSync(scripts).filter((name) => name.endsWith(".sh"))) {
    execFileSync("sh", ["-n", join(scripts, file)]);
    const text = readFileSync(join(scripts, file), "utf8");
    for (const [, read = ""] of text.matchAll(/^\. "\$\(dirname "\$0"\)\/(.*)"$/gm)) {
      expect([file, read, existsSync(join(scripts, read))]).toEqual([file, read, true]);
    }
  }
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

test("vectors are restored into as many members as they are from, which share the pod's address", () => {
  const containers = z
    .array(z.looseObject({ name: z.string(), args: z.array(z.string()).optional() }))
    .parse(at(atlas.find("CronJob", "weekly-restore-check-vectors"), `${podSpec}.initContainers`))
    .filter(({ name }) => name.startsWith("server-"));
  expect(containers.map(({ args }) => args?.slice(1))).toEqual([
    ["--uri", "http://127.0.0.1:6335"],
    ["--uri", "http://127.0.0.1:6345", "--bootstrap", "http://127.0.0.1:6335"],
    ["--uri", "http://127.0.0.1:6355", "--bootstrap", "http://127.0.0.1:6335"],
  ]);
});
