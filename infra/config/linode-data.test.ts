import { faultsOf, sound, withDatabase, withDns } from "../../test/support/config/linode-faults";

const withStorage = (objectStorage: object): object => ({ ...sound, objectStorage });

describe("object storage (C8)", () => {
  const bucket = (label: string) => withStorage({ buckets: { backups: { label } } });

  it.each(["ab", "Backups", "aiaas.backups", "-backups", "backups-", "a--b", "a".repeat(64)])(
    "refuses the bucket name %s",
    (label) => {
      expect(faultsOf(bucket(label))).toEqual([
        expect.stringMatching(/^objectStorage\.buckets\.backups\.label: 3 to 63 /),
      ]);
    },
  );

  it.each(["abc", "aiaas-prod-backups", "a".repeat(63)])("takes the bucket name %s", (label) => {
    expect(faultsOf(bucket(label))).toEqual([]);
  });

  it("refuses keys that open nothing, everything, or what is not there", () => {
    const buckets = { backups: { label: "aiaas-backups" } };
    expect(faultsOf(withStorage({ buckets, keys: { velero: {} } }))).toEqual([
      expect.stringContaining("a key without a bucket would open every bucket"),
    ]);
    expect(faultsOf(withStorage({ buckets, keys: { velero: { exports: "read_write" } } }))).toEqual([
      "objectStorage.keys.velero.exports: there is no such bucket; there are backups",
    ]);
  });

  it("refuses one name for two buckets, and regions without the service", () => {
    const label = "aiaas-backups";
    expect(faultsOf(withStorage({ buckets: { one: { label }, two: { label } } }))).toHaveLength(2);
    expect(faultsOf({ ...bucket(label), region: "us-central" })).toEqual([
      expect.stringMatching(/^objectStorage: us-central has no Object Storage/),
    ]);
  });
});

describe("databases (C12)", () => {
  it("are not open to the whole Internet", () => {
    expect(faultsOf(withDatabase({ clientCidrs: ["0.0.0.0/0"] }))).toEqual([
      expect.stringMatching(/^databases\.users\.clientCidrs\.0: that is the whole Internet/),
    ]);
  });

  it("have plans that the service takes", () => {
    expect(faultsOf(withDatabase({ plan: "g2-gpu-rtx4000a1-s" }))).toEqual([
      expect.stringContaining("no GPU plans"),
    ]);
    expect(faultsOf(withDatabase({ plan: "g6-standard-4", nodes: 2 }))).toEqual([
      expect.stringMatching(/^databases\.users\.nodes: two nodes need a dedicated plan/),
    ]);
    expect(faultsOf(withDatabase({ plan: "g6-standard-4", nodes: 3 }))).toEqual([]);
  });

  it.each(["14", "latest"])("are not of version %s", (version) => {
    expect(faultsOf(withDatabase({ version }))).toEqual([
      expect.stringMatching(/^databases\.users\.version: /),
    ]);
  });

  it("have names that resources can carry", () => {
    const database = { managed: false, label: "aiaas-users", plan: "g6-dedicated-2" };
    expect(faultsOf({ ...sound, databases: { User_Organization: database } })).toHaveLength(1);
    expect(faultsOf(withDatabase({ label: "x" }))).toEqual([
      expect.stringMatching(/^databases\.users\.label: 3 to 32 /),
    ]);
  });
});

describe("DNS (C11)", () => {
  it("knows priorities for mail only", () => {
    const record = { name: "@", target: "mail.example.com" };
    expect(faultsOf(withDns({ records: [{ ...record, type: "MX" }] }))).toEqual([
      "dns.records.0.priority: an MX record needs a priority",
    ]);
    expect(faultsOf(withDns({ records: [{ ...record, type: "MX", priority: 0 }] }))).toEqual([]);
    expect(faultsOf(withDns({ records: [{ ...record, type: "CNAME", priority: 1 }] }))).toHaveLength(1);
  });

  it.each(["AIaaS.example.com", "example", "aiaas.example.com."])("refuses the domain %s", (domain) => {
    expect(faultsOf(withDns({ domain }))).toEqual([expect.stringMatching(/^dns\.domain: /)]);
  });
});
