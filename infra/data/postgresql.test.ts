import * as pulumi from "@pulumi/pulumi";
import { createTimeSeries } from "../../apps/ai-middleware/time-series";
import { createFeatureStore } from "../../apps/atlas/feature-store";
import { recordOnSite, textOf } from "../../test/support/recorded/data-site";
import { asSecret, generatedPassword } from "../../test/support/recorded/objects";
import type { SiteChanges } from "../../test/support/recorded/site";
import { postgresqlOperator } from "../platform/postgresql-operator";

const namespace = "atlas-ai-production";

const build = (changes: SiteChanges = {}) => recordOnSite((site) => createFeatureStore(site, {}), changes);

const archived = {
  buckets: { backups: { name: "atlas-backups", region: "us-east-1", hosts: ["s3.us-east-1.amazonaws.com"] } },
};

/** Pods as the operator labels them. */
const instance = (cluster: string) => ({
  namespace,
  labels: {
    "cnpg.io/cluster": cluster,
    "cnpg.io/podRole": "instance",
    "app.kubernetes.io/component": "database",
  },
});
const setUpJob = (cluster: string) => ({
  namespace,
  labels: {
    "cnpg.io/cluster": cluster,
    "cnpg.io/jobRole": "join",
    "app.kubernetes.io/component": "database",
  },
});
const pooler = (name: string, cluster: string) => ({
  namespace,
  labels: {
    "cnpg.io/cluster": cluster,
    "cnpg.io/poolerName": name,
    "app.kubernetes.io/component": "pooler",
  },
});

test("clients find the feature store where the seed has it, through the pool (000)", async () => {
  const { built, find } = await build();
  expect(built.endpoints.pooled).toMatchObject({
    host: `featurestore.${namespace}.svc`,
    port: 5433,
    tls: true,
  });
  expect(await textOf(built.connectionString)).toBe(
    `postgresql://features:${generatedPassword}@featurestore.${namespace}.svc:5433/features?sslmode=require`,
  );
  expect(find("Pooler", "featurestore")).toMatchObject({
    metadata: { namespace },
    spec: {
      cluster: { name: "timescaledb" },
      type: "rw",
      instances: 2,
      pgbouncer: { poolMode: "transaction" },
      // The operator keeps a port of this name, and adds its own only where there is none.
      serviceTemplate: { spec: { ports: [{ name: "pgbouncer", port: 5433, targetPort: "pgbouncer" }] } },
    },
  });
});

test("the backup job finds the primary by the seed's name (000)", async () => {
  const { built, find } = await build();
  expect(find("Cluster", "timescaledb")).toMatchObject({
    spec: {
      managed: {
        services: {
          additional: [{ selectorType: "rw", serviceTemplate: { metadata: { name: "timescaledb" } } }],
        },
      },
    },
  });
  expect(built.endpoints.primary).toMatchObject({ host: `timescaledb-rw.${namespace}.svc`, port: 5432 });
  expect(built.endpoints.readers).toMatchObject({ host: `timescaledb-ro.${namespace}.svc`, port: 5432 });
});

test("the owner's Secret is of the type and has the keys that the operator reads", async () => {
  const { built, find } = await build();
  expect(built.credentials).toMatchObject({ namespace, name: "timescaledb-secrets" });
  expect(find("Secret", "timescaledb-secrets")).toMatchObject({
    type: "kubernetes.io/basic-auth",
    metadata: { labels: { "cnpg.io/reload": "true" } },
    stringData: asSecret(expect.objectContaining({ username: "features", password: generatedPassword })),
  });
  expect(find("Cluster", "timescaledb")).toMatchObject({
    spec: {
      enableSuperuserAccess: false,
      bootstrap: {
        initdb: { database: "features", owner: "features", secret: { name: "timescaledb-secrets" } },
      },
    },
  });
});

test("no password is in clear", async () => {
  const { built } = await build();
  expect(await pulumi.isSecret(built.connectionString)).toBe(true);
});

test("TimescaleDB is loaded, and made in the database (P11)", async () => {
  const { find } = await build();
  expect(find("Cluster", "timescaledb")).toMatchObject({
    spec: {
      imageCatalogRef: { kind: "ImageCatalog", name: "timescaledb", major: 17 },
      postgresUID: 1000,
      postgresGID: 1000,
      postgresql: { shared_preload_libraries: ["timescaledb"] },
      bootstrap: { initdb: { postInitApplicationSQL: [expect.stringContaining("timescaledb")] } },
    },
  });
  expect(find("ImageCatalog", "timescaledb")).toMatchObject({
    spec: {
      images: [
        { major: 17, image: expect.stringMatching(/^docker\.io\/timescale\/timescaledb-ha:pg17\.\d+-ts2/) },
      ],
    },
  });
});

test("three instances in three zones, a commit on two of them before it is confirmed (R3)", async () => {
  const { find } = await build();
  expect(find("Cluster", "timescaledb")).toMatchObject({
    spec: {
      instances: 3,
      enablePDB: true,
      priorityClassName: "data-store",
      affinity: { podAntiAffinityType: "required", topologyKey: "topology.kubernetes.io/zone" },
      postgresql: { synchronous: { method: "any", number: 1, dataDurability: "required" } },
      storage: { size: "100Gi", storageClass: "fast-ssd" },
      walStorage: { storageClass: "fast-ssd" },
      resources: { requests: { cpu: "2000m", memory: "4Gi" }, limits: { cpu: "4000m", memory: "8Gi" } },
    },
  });
  expect(find("PodDisruptionBudget", "featurestore")).toMatchObject({
    spec: { maxUnavailable: 1, selector: { matchLabels: { "cnpg.io/poolerName": "featurestore" } } },
  });
});

test("where the region has no zones, instances are kept on different nodes", async () => {
  const { find } = await build({ zones: ["fr-par"] });
  expect(find("Cluster", "timescaledb")).toMatchObject({
    spec: { affinity: { topologyKey: "kubernetes.io/hostname" } },
  });
});

test("on a laptop there is one of each, and nothing to wait for", async () => {
  const { find, objects } = await recordOnSite((site) => createTimeSeries(site, {}), {
    environment: "development",
    settings: { availability: "single" },
  });
  const cluster = find("Cluster", "postgres");
  expect(cluster).toMatchObject({ spec: { instances: 1, enablePDB: false } });
  expect(cluster).not.toHaveProperty("spec.postgresql.synchronous");
  expect(cluster).not.toHaveProperty("spec.plugins");
  expect(objects.map(({ kind }) => kind)).not.toContain("PodDisruptionBudget");
});

test("any moment of the last 30 days can be had back, but for the last minutes (R1)", async () => {
  const { find } = await build({ ...archived });
  expect(find("Cluster", "timescaledb")).toMatchObject({
    spec: {
      plugins: [
        {
          name: "barman-cloud.cloudnative-pg.io",
          isWALArchiver: true,
          // A cluster that is made again finds nothing where it archives to.
          parameters: { barmanObjectName: "timescaledb", serverName: `timescaledb-${generatedPassword}` },
        },
      ],
      postgresql: { parameters: { archive_timeout: "5min" } },
    },
  });
  const archive = find("ObjectStore", "timescaledb");
  expect(archive).toMatchObject({
    spec: {
      configuration: {
        destinationPath: `s3://atlas-backups/postgresql/${namespace}/timescaledb`,
        s3Credentials: { inheritFromIAMRole: true },
      },
    },
  });
  expect(archive).not.toHaveProperty("spec.retentionPolicy");
  expect(find("ScheduledBackup", "timescaledb")).toMatchObject({
    spec: { schedule: "0 0 2 * * *", method: "plugin", cluster: { name: "timescaledb" } },
  });
});

test("a bucket that a key opens is opened by a Secret, and never names the key itself", async () => {
  const key = { accessKey: pulumi.secret("the-access-key"), secretKey: pulumi.secret("the-secret-key") };
  const { find } = await build({
    buckets: { backups: { ...archived.buckets.backups, endpoint: "https://fr-par.example", key } },
  });
  const archive = find("ObjectStore", "timescaledb");
  expect(archive).toMatchObject({
    spec: {
      configuration: {
        endpointURL: "https://fr-par.example",
        s3Credentials: {
          accessKeyId: { name: "timescaledb-archive-key", key: "accessKey" },
          secretAccessKey: { name: "timescaledb-archive-key", key: "secretKey" },
        },
      },
    },
  });
  expect(JSON.stringify(archive)).not.toContain("the-secret-key");
  expect(find("Secret", "timescaledb-archive-key")).toMatchObject({
    stringData: asSecret(
      expect.objectContaining({ accessKey: "the-access-key", secretKey: "the-secret-key" }),
    ),
  });
});

test("the pool reaches the instances, the instances each other, and the operator both (A9)", async () => {
  const { allows, built } = await build();
  const primary = instance("timescaledb");
  expect(allows(pooler("featurestore", "timescaledb"), primary, 5432)).toBe(true);
  expect(allows(setUpJob("timescaledb"), primary, 5432)).toBe(true);
  expect(allows(primary, primary, 5432)).toBe(true);
  expect(allows(postgresqlOperator, primary, 8000)).toBe(true);
  expect(allows(pooler("another", "another"), primary, 5432)).toBe(false);
  expect(allows(instance("another"), primary, 5432)).toBe(false);
  const { pods, podPort } = built.endpoints.pooled;
  expect(pooler("featurestore", "timescaledb").labels).toMatchObject(pods.labels);
  expect(podPort).toBe(5432);
});

test("the pool speaks TLS 1.3 with the instances (001)", async () => {
  const { objects } = await build();
  const pooler = objects.find(({ kind }) => kind === "Pooler");
  expect(pooler?.inputs).toMatchObject({
    spec: { pgbouncer: { parameters: { server_tls_protocols: "tlsv1.3" } } },
  });
});
