import { atlas } from "../../apps/atlas/definition";
import { recordServices } from "../../test/support/recorded/services";
import type { Bucket } from "../cluster/cluster";
import { ModelRegistry } from "./model-registry";

const namespace = "atlas-ai-production";

const bucket: Bucket = {
  name: "atlas-ai-models",
  region: "us-east-1",
  hosts: ["s3.us-east-1.amazonaws.com"],
};

const record = (models?: Bucket) =>
  recordServices(
    (site) => {
      new ModelRegistry("model-registry", { site, house: atlas, postgresql: site.cluster.provider });
    },
    { cluster: { buckets: models ? { models } : {} } },
  );

test("clients find it as the seed calls it: http://mlflow-service:5000, beside Atlas' services (000)", async () => {
  const { find, ofKind } = await record(bucket);
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
  const elsewhere = await record(linode);
  expect(elsewhere.find("Release", "mlflow-service").values).toMatchObject({ extraEnvVars: settings });
  const onAws = await record(bucket);
  expect(onAws.find("Release", "mlflow-service").values).toHaveProperty("extraEnvVars", {
    AWS_DEFAULT_REGION: "us-east-1",
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
    PGSSLMODE: "require",
  });
});

test("with a bucket it runs in replicas that keep nothing", async () => {
  const { find, ofKind } = await record(bucket);
  expect(ofKind("PersistentVolumeClaim")).toEqual([]);
  expect(find("Release", "mlflow-service").values).toMatchObject({
    replicaCount: 2,
    backendStore: {
      databaseMigration: true,
      postgres: {
        enabled: true,
        host: `model-registry-database.${namespace}.svc`,
        port: 5432,
        database: "mlflow",
      },
      existingDatabaseSecret: {
        name: "model-registry-postgresql",
        usernameKey: "username",
        passwordKey: "password",
      },
    },
    artifactRoot: { proxiedArtifactStorage: true, s3: { enabled: true, bucket: "atlas-ai-models" } },
    serviceAccount: { name: "mlflow" },
  });
  expect(find("PodDisruptionBudget", "mlflow-service").spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { app: "mlflow", "app.kubernetes.io/instance": "mlflow-service" } },
  });
});

test("its database is there, with its owner's Secret, and it may call the port of the connections' pool", async () => {
  const { find } = await record(bucket);
  expect(find("Pooler", "model-registry-database").spec).toMatchObject({
    cluster: { name: "model-registry" },
  });
  expect(find("Cluster", "model-registry").spec).toMatchObject({
    instances: 3,
    bootstrap: {
      initdb: { database: "mlflow", owner: "mlflow", secret: { name: "model-registry-postgresql" } },
    },
  });
  expect(find("Secret", "model-registry-postgresql").metadata).toMatchObject({ namespace });
  expect(JSON.stringify(find("NetworkPolicy", "mlflow").spec)).toContain('"port":5432');
  const pool = JSON.stringify(find("NetworkPolicy", "model-registry-database").spec);
  expect(pool).toContain('"port":5432');
  expect(pool).toContain('"app":"mlflow"');
});

test("without a bucket it is alone with its volume, and never two at a time", async () => {
  const { find, ofKind } = await record();
  expect(find("PersistentVolumeClaim", "mlflow-data")).toMatchObject({
    metadata: { namespace },
    spec: { storageClassName: "fast-ssd", accessModes: ["ReadWriteOnce"] },
  });
  expect(find("Release", "mlflow-service").values).toMatchObject({
    replicaCount: 1,
    strategy: { type: "Recreate" },
    artifactRoot: { defaultArtifactsDestination: "/mlflow/data/artifacts" },
    extraVolumes: expect.arrayContaining([
      { name: "data", persistentVolumeClaim: { claimName: "mlflow-data" } },
    ]),
  });
  expect(ofKind("PodDisruptionBudget").map(({ name }) => name)).not.toContain("mlflow-service");
});
