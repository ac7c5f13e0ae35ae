import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  aiaas,
  at,
  atlas,
  aws,
  buildAtlas,
  environmentOf,
  middleware,
  podSpec,
  record,
} from "../../test/support/recovery/systems";

const scripts = join(__dirname, "scripts");

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
