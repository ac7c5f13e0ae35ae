import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { copiesAreKept } from "./kept";
import { membersAgree } from "./members";

describe("copies of volumes", () => {
  const lock = (terms: object): Piece => ({
    type: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    name: "lock",
    inputs: { backupVaultName: "volumes", ...terms },
  });
  const backups = (lifecycle: object, copyActions: readonly object[] = []): Piece => ({
    type: "aws:backup/plan:Plan",
    name: "plan",
    inputs: { rules: [{ ruleName: "daily", targetVaultName: "volumes", lifecycle, copyActions }] },
  });
  const faults = (...pieces: readonly Piece[]) => faultsOf(copiesAreKept, evidenceOf(...pieces));

  test.each([
    [{ minRetentionDays: 30 }, { deleteAfter: 30 }, 0],
    [{ minRetentionDays: 60 }, { deleteAfter: 30 }, 1],
    [{ maxRetentionDays: 20 }, { deleteAfter: 30 }, 1],
    [{ maxRetentionDays: 20 }, {}, 1],
    [{ minRetentionDays: 30 }, {}, 0],
    [{}, { deleteAfter: 100, coldStorageAfter: 30 }, 1],
    [{}, { deleteAfter: 120, coldStorageAfter: 30 }, 0],
  ])("in a vault with %j, kept by %j", (terms, lifecycle, count) => {
    expect(faults(lock(terms), backups(lifecycle))).toHaveLength(count);
  });

  test("of copies are held to their own vault", () => {
    const vault: Piece = { type: "aws:backup/vault:Vault", name: "far", inputs: { name: "volumes" } };
    const copy = { destinationVaultArn: "arn:aws:backup/vault:Vault:far", lifecycle: { deleteAfter: 7 } };
    const daily = backups({ deleteAfter: 30 }, [copy]);
    expect(faults(lock({ minRetentionDays: 30 }), vault, daily)).toEqual([
      expect.stringContaining("its rule daily keeps copies for 7 days"),
    ]);
  });
});

describe("a bucket that is copied", () => {
  const bucket = (name: string): Piece => ({
    type: "aws:s3/bucket:Bucket",
    name,
    inputs: { bucket: `shop-${name}` },
  });
  const versions = (of: string, status = "Enabled"): Piece => ({
    type: "aws:s3/bucketVersioning:BucketVersioning",
    name: of,
    inputs: { bucket: `${of}-id`, versioningConfiguration: { status } },
  });
  const copying = (...of: readonly string[]): Piece => ({
    type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    name: "copying",
    inputs: {
      bucket: "shop-data",
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3/bucket:Bucket:copy" } }],
    },
    options: { dependsOn: of.map((one) => `aws:s3/bucketVersioning:BucketVersioning::${one}`) },
  });
  const buckets = [bucket("data"), bucket("copy")];
  const faults = (...pieces: readonly Piece[]) => faultsOf(copiesAreKept, evidenceOf(...buckets, ...pieces));

  test("keeps versions, as its copy does, before it is copied", () => {
    const both = [versions("data"), versions("copy")];
    expect(faults(...both, copying("data", "copy"))).toEqual([]);
    expect(faults(...both, copying("data"))).toEqual([
      expect.stringContaining("does not wait for the versions of copy"),
    ]);
    expect(faults(versions("data", "Suspended"), versions("copy"), copying("data", "copy"))).toEqual([
      expect.stringContaining("the bucket data keeps no versions"),
    ]);
    expect(faults(versions("data"), copying("data"))).toHaveLength(1);
  });
});

describe("members", () => {
  const made = (apiVersion: string, kind: string, spec: object) =>
    object(kind, apiVersion, kind, { metadata: { name: "store", namespace: "shop" }, spec });
  const brokers = made("kafka.strimzi.io/v1", "KafkaNodePool", {
    replicas: 3,
    roles: ["broker"],
    storage: { type: "ephemeral" },
  });
  const faults = (...pieces: readonly Piece[]) => faultsOf(membersAgree, evidenceOf(...pieces));
  const topic = (replicas: number, config: object = {}) =>
    made("kafka.strimzi.io/v1", "KafkaTopic", { replicas, config });

  test.each([
    [topic(3), 0],
    [topic(4), 1],
    [topic(3, { "min.insync.replicas": 2 }), 0],
    [topic(3, { "min.insync.replicas": "3" }), 1],
    [topic(1, { "min.insync.replicas": 1 }), 0],
  ])("of three brokers have the copies of a topic: %#", (one, count) => {
    expect(faults(brokers, one)).toHaveLength(count);
  });

  test.each([
    [1, 0],
    [2, 1],
    [3, 0],
  ])("of RabbitMQ, %d of them, have a majority", (replicas, count) => {
    expect(faults(made("rabbitmq.com/v1beta1", "RabbitmqCluster", { replicas }))).toHaveLength(count);
  });

  test.each([
    [3, "2", 0],
    [3, "1", 1],
    [3, "4", 1],
    [1, "1", 0],
  ])("of %d Sentinels agree by %s", (clusterSize, quorum, count) => {
    const sentinel = made("redis.redis.opstreelabs.in/v1beta2", "RedisSentinel", {
      clusterSize,
      kubernetesConfig: { image: "sentinel:1" },
      redisSentinelConfig: { redisReplicationName: "redis", quorum },
    });
    expect(faults(sentinel)).toHaveLength(count);
  });
});
