import { bucket, database, key, owned, withData } from "../../test/support/linode/cluster";
import { recordPlatform, revealed } from "../../test/support/recorded/linode-platform";

const domainRecord = "linode:index/domainRecord:DomainRecord";

describe("object storage (C8)", () => {
  it("keeps buckets private, with versions and lifecycle", async () => {
    const { ofType } = await recordPlatform(withData);
    expect(ofType(bucket).map(({ inputs }) => inputs)).toMatchObject([
      { label: "aiaas-prod-exports", acl: "private", corsEnabled: false, versioning: false },
      {
        label: "aiaas-prod-backups",
        versioning: true,
        lifecycleRules: [
          {
            enabled: true,
            abortIncompleteMultipartUploadDays: 7,
            expiration: { days: 30 },
            noncurrentVersionExpiration: { days: 7 },
          },
        ],
      },
    ]);
    const [exports] = ofType(bucket);
    expect(exports?.inputs.lifecycleRules).toEqual([
      { id: "retention", enabled: true, abortIncompleteMultipartUploadDays: 7 },
    ]);
  });

  it("gives each consumer a secret key to its own buckets", async () => {
    const { platform, ofType } = await recordPlatform(withData);
    expect(ofType(key).map(({ inputs }) => inputs.bucketAccesses)).toEqual([
      [{ bucketName: "aiaas-prod-backups", region: "fr-par", permissions: "read_write" }],
      [{ bucketName: "aiaas-prod-exports", region: "fr-par", permissions: "read_only" }],
    ]);
    const velero = platform.keys.velero;
    expect(velero && (await revealed(velero.secretKey))).toEqual({
      value: "mocked-secret-key",
      secret: true,
    });
    expect(velero && (await revealed(velero.accessKey))).toEqual({
      value: "mocked-access-key",
      secret: true,
    });
  });

  it("hands pods those buckets that a key is meant for: their own name's, and Analytics' that of its exports", async () => {
    const keysOf = async (keys: Readonly<Record<string, Record<string, "read_write">>>) => {
      const objectStorage = { ...withData.objectStorage, keys };
      const { platform } = await recordPlatform({ ...withData, objectStorage });
      return Object.keys(platform.cluster.buckets).sort();
    };
    expect(await keysOf({ velero: { backups: "read_write" }, reports: { exports: "read_write" } })).toEqual(
      [],
    );
    expect(
      await keysOf({ backups: { backups: "read_write" }, analytics: { exports: "read_write" } }),
    ).toEqual(["backups", "exports"]);
  });
});

describe("managed PostgreSQL (C12)", () => {
  it("has three nodes, a pinned version, its window, and only the named clients", async () => {
    const { ofType } = await recordPlatform(withData);
    expect(ofType(database).map(({ inputs }) => inputs)).toMatchObject([
      {
        label: "aiaas-prod-users",
        engineId: "postgresql/17",
        type: "g6-dedicated-2",
        clusterSize: 3,
        allowLists: ["203.0.113.0/24"],
        updates: { frequency: "weekly", dayOfWeek: 1, hourOfDay: 0, duration: 4 },
      },
    ]);
  });

  it("is handed to the systems where services use it, and not where it is only kept", async () => {
    const used = await recordPlatform(withData);
    expect(Object.keys(used.platform.cluster.databases ?? {})).toEqual(["user-organization"]);
    const { platform, ofType } = await recordPlatform({
      ...owned,
      databases: { "user-organization": { ...withData.databases["user-organization"], managed: false } },
    });
    expect(platform.cluster.databases).toEqual({});
    expect(ofType(database)).toHaveLength(1);
  });

  it("lets nobody in by default", async () => {
    const { ofType } = await recordPlatform({
      ...owned,
      databases: { users: { managed: false, label: "aiaas-users", plan: "g6-dedicated-2" } },
    });
    expect(ofType(database)[0]?.inputs.allowLists).toEqual([]);
  });

  it("keeps its credentials secret", async () => {
    const { platform } = await recordPlatform(withData);
    const connection = platform.databases["user-organization"];
    expect(connection && (await revealed(connection.password))).toEqual({
      value: "mocked-password",
      secret: true,
    });
    expect(connection && (await revealed(connection.username))).toEqual({
      value: "mocked-user",
      secret: true,
    });
    expect(connection && (await revealed(connection.host)).value).toBe("primary.example.com");
  });
});

describe("DNS (C11)", () => {
  it("says who may issue certificates, and keeps the records of the stack", async () => {
    const { ofType } = await recordPlatform(withData);
    expect(ofType(domainRecord).map(({ inputs }) => inputs)).toMatchObject([
      { domainId: 4711, recordType: "CAA", tag: "issue", target: "letsencrypt.org" },
      { recordType: "MX", name: "", target: "mail.example.com", priority: 0, ttlSec: 300 },
      { recordType: "CNAME", name: "status", target: "status.example.net" },
    ]);
  });

  it("is the cluster's to keep records in, by a token that opens domains and nothing else (C6)", async () => {
    const { platform, ofType } = await recordPlatform(withData);
    expect(ofType("linode:index/token:Token").map(({ inputs }) => inputs)).toMatchObject([
      { scopes: "domains:read_write" },
    ]);
    const { dns } = platform.cluster;
    expect(dns).toMatchObject({ records: { provider: "linode" }, domains: ["aiaas.example.com"] });
    expect(dns?.token && (await revealed(dns.token))).toEqual({ value: "mocked-token", secret: true });
  });
});
