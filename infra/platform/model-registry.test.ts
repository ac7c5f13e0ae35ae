import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "../cluster/cluster";
import { pods } from "../network/edge";
import { type ModelDatabase, ModelRegistry } from "./model-registry";
import { recordServices } from "./recorded-services";
import type { Site } from "./site";

const namespace = "atlas-ai-production";

const bucket: Bucket = {
  name: "atlas-ai-models",
  region: "us-east-1",
  hosts: ["s3.us-east-1.amazonaws.com"],
};

function database(site: Site): ModelDatabase {
  return {
    endpoint: {
      host: `mlflow-pooler.${namespace}.svc`,
      port: 6432,
      tls: true,
      pods: pods(namespace, "mlflow-pooler", { "cnpg.io/poolerName": "mlflow-pooler" }),
      podPort: 5432,
    },
    name: "mlflow",
    credentials: {
      namespace,
      name: "mlflow-database",
      keys: ["username", "password"],
      optional: [],
      checksum: pulumi.output(""),
      resource: site.cluster.provider,
    },
  };
}

const record = (models: Bucket | undefined, withDatabase: boolean) =>
  recordServices(
    (site) => {
      new ModelRegistry("model-registry", { site, ...(withDatabase && { database: database(site) }) });
    },
    { cluster: { buckets: models ? { models } : {} } },
  );

test("clients find it as the seed calls it: http://mlflow-service:5000, beside Atlas' services (000)", async () => {
  const { find, ofKind } = await record(bucket, true);
  expect(ofKind("Release").map(({ namespace: where }) => where)).toEqual([namespace]);
  expect(find("Release", "mlflow-service").values).toMatchObject({
    fullnameOverride: "mlflow-service",
    service: { port: 5000 },
    serverAllowedHosts: expect.arrayContaining(["mlflow-service:5000"]),
  });
});

test("another cloud's bucket is not sent the checksums that only AWS takes (C8)", async () => {
  const linode: Bucket = { ...bucket, endpoint: "https://fr-par-1.linodeobjects.com" };
  const settings = {
    MLFLOW_S3_ENDPOINT_URL: "https://fr-par-1.linodeobjects.com",
    AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
    AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
  };
  const elsewhere = await record(linode, true);
  expect(elsewhere.find("Release", "mlflow-service").values).toMatchObject({ extraEnvVars: settings });
  const onAws = await record(bucket, true);
  expect(onAws.find("Release", "mlflow-service").values).toHaveProperty("extraEnvVars", {
    AWS_DEFAULT_REGION: "us-east-1",
  });
});

test("with a database and a bucket it runs in replicas that keep nothing", async () => {
  const { find, ofKind } = await record(bucket, true);
  expect(ofKind("PersistentVolumeClaim")).toEqual([]);
  expect(find("Release", "mlflow-service").values).toMatchObject({
    replicaCount: 2,
    backendStore: {
      databaseMigration: true,
      postgres: { enabled: true, host: `mlflow-pooler.${namespace}.svc`, port: 6432, database: "mlflow" },
      existingDatabaseSecret: { name: "mlflow-database", usernameKey: "username", passwordKey: "password" },
    },
    artifactRoot: { proxiedArtifactStorage: true, s3: { enabled: true, bucket: "atlas-ai-models" } },
    serviceAccount: { name: "mlflow" },
  });
  expect(find("PodDisruptionBudget", "mlflow-service").spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { app: "mlflow", "app.kubernetes.io/instance": "mlflow-service" } },
  });
});

test("it may call its database's pods on the port that they listen on", async () => {
  const { find } = await record(bucket, true);
  expect(JSON.stringify(find("NetworkPolicy", "mlflow").spec)).toContain('"port":5432');
  expect(JSON.stringify(find("NetworkPolicy", "mlflow-pooler").spec)).toContain('"port":5432');
});

test.each([
  ["without a database", bucket, false],
  ["without a bucket", undefined, true],
  ["without either", undefined, false],
] as const)(
  "%s it is alone with its volume, and never two at a time",
  async (_name, models, withDatabase) => {
    const { find, ofKind } = await record(models, withDatabase);
    expect(find("PersistentVolumeClaim", "mlflow-data")).toMatchObject({
      metadata: { namespace },
      spec: { storageClassName: "fast-ssd", accessModes: ["ReadWriteOnce"] },
    });
    expect(find("Release", "mlflow-service").values).toMatchObject({
      replicaCount: 1,
      strategy: { type: "Recreate" },
      extraVolumes: expect.arrayContaining([
        { name: "data", persistentVolumeClaim: { claimName: "mlflow-data" } },
      ]),
    });
    expect(ofKind("PodDisruptionBudget")).toEqual([]);
  },
);
