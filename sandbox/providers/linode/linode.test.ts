import { silentReporter } from "../../../cli/reporter";
import { FakeClusters } from "../../clouds/fakes";
import { CloudStore } from "../../clouds/store";
import { TestCloud, type TestResource } from "../../clouds/test-cloud";
import type { Values } from "../standin";
import { linodeStandIn } from "./index";

let cloud: TestCloud;

beforeEach(() => {
  cloud = new TestCloud(linodeStandIn);
});

afterEach(() => cloud.remove());

async function make(
  type: string,
  inputs: Values,
): Promise<TestResource & { readonly logged: readonly string[] }> {
  return cloud.create({}, `linode:index/${type}`, inputs);
}

async function preview(type: string, inputs: Values): Promise<TestResource> {
  return cloud.create({}, `linode:index/${type}`, inputs, { preview: true });
}

const cluster = {
  label: "aiaas",
  region: "fr-par",
  k8sVersion: "1.35",
  pools: [{ type: "g6-standard-4", count: 3 }],
};
const pool = { clusterId: 1, type: "g6-standard-8", nodeCount: 3 };
const bucket = { label: "exports", region: "fr-par" };
const database = { label: "users", engineId: "postgresql/16", region: "fr-par", type: "g6-dedicated-4" };
const firewall = { label: "nodes", inboundPolicy: "DROP", outboundPolicy: "ACCEPT" };
const rule = { label: "web", action: "ACCEPT", protocol: "TCP" };

describe("inputs alone", () => {
  test.each<[string, string, Values]>([
    ["a cluster", "lkeCluster:LkeCluster", cluster],
    [
      "a pool of a Blackwell plan",
      "lkeNodePool:LkeNodePool",
      { ...pool, type: "g3-gpu-rtxpro6000-blackwell-1" },
    ],
    [
      "a pool that is scaled by LKE",
      "lkeNodePool:LkeNodePool",
      { ...pool, nodeCount: 3, autoscaler: { min: 3, max: 10 } },
    ],
    ["a bucket", "objectStorageBucket:ObjectStorageBucket", bucket],
    [
      "a database",
      "databasePostgresqlV2:DatabasePostgresqlV2",
      { ...database, clusterSize: 3, allowLists: ["203.0.113.0/24"] },
    ],
    [
      "ports and ranges of ports",
      "firewall:Firewall",
      { ...firewall, inbounds: [{ ...rule, ports: "80, 443, 30000-32767" }] },
    ],
    [
      "a record",
      "domainRecord:DomainRecord",
      { domainId: 1, recordType: "A", name: "api", target: "203.0.113.9" },
    ],
  ])("pass: %s", async (_, type, inputs) => {
    await expect(preview(type, inputs)).resolves.toBeDefined();
  });

  test.each<[string, string, Values, RegExp]>([
    [
      "the Quadro RTX 6000 (D10)",
      "lkeNodePool:LkeNodePool",
      { ...pool, type: "g1-gpu-rtx6000-1" },
      /type: .*cannot be a node of LKE: Akamai does not deploy.*RTX PRO 6000 Blackwell/,
    ],
    [
      "the same within a cluster",
      "lkeCluster:LkeCluster",
      { ...cluster, pools: [{ type: "g1-gpu-rtx6000-2", count: 1 }] },
      /pools.type: .*cannot be a node of LKE/,
    ],
    [
      "an unknown plan",
      "lkeNodePool:LkeNodePool",
      { ...pool, type: "g9-huge" },
      /"g9-huge" is not a plan that the sandbox knows/,
    ],
    ["a spot pool", "lkeNodePool:LkeNodePool", { ...pool, spot: true }, /spot: not a property/],
    [
      "an unknown region",
      "lkeCluster:LkeCluster",
      { ...cluster, region: "xx-moon" },
      /"xx-moon" is not a region with LKE/,
    ],
    [
      "an unknown version",
      "lkeCluster:LkeCluster",
      { ...cluster, k8sVersion: "1.20" },
      /"1.20": LKE does not offer it; supported are .*1.35/,
    ],
    [
      "a cluster without pools",
      "lkeCluster:LkeCluster",
      { ...cluster, pools: [] },
      /needs one node pool at least/,
    ],
    [
      "a label of 33 characters",
      "lkeCluster:LkeCluster",
      { ...cluster, label: "a".repeat(33) },
      /2 to 32 letters/,
    ],
    [
      "an autoscaler upside down",
      "lkeNodePool:LkeNodePool",
      { ...pool, autoscaler: { min: 5, max: 3 } },
      /min 5 can't be greater than max 3/,
    ],
    [
      "more nodes than the autoscaler allows",
      "lkeNodePool:LkeNodePool",
      { ...pool, nodeCount: 9, autoscaler: { min: 1, max: 3 } },
      /nodeCount 9 can't be greater than autoscaler.max 3/,
    ],
    [
      "a pool of no size",
      "lkeNodePool:LkeNodePool",
      { clusterId: 1, type: "g6-standard-8" },
      /one of nodeCount and autoscaler/,
    ],
    [
      "AWS's word for a taint's effect",
      "lkeNodePool:LkeNodePool",
      { ...pool, taints: [{ key: "k", value: "v", effect: "NO_SCHEDULE" }] },
      /"NO_SCHEDULE" is not one of: NoSchedule/,
    ],
    [
      "upper case in a bucket's label",
      "objectStorageBucket:ObjectStorageBucket",
      { ...bucket, label: "Exports" },
      /"Exports" is not valid: 3 to 63 lower-case/,
    ],
    [
      "a region without Object Storage",
      "objectStorageBucket:ObjectStorageBucket",
      { ...bucket, region: "us-central" },
      /us-central \(Dallas, US\) does not offer Object Storage/,
    ],
    ["a region without VPCs", "vpc:Vpc", { label: "net", region: "us-east" }, /does not offer VPCs/],
    [
      "a bucket of nowhere",
      "objectStorageBucket:ObjectStorageBucket",
      { label: "exports" },
      /one of region and cluster/,
    ],
    [
      "an old database",
      "databasePostgresqlV2:DatabasePostgresqlV2",
      { ...database, engineId: "postgresql/9" },
      /from 13 to 18/,
    ],
    [
      "a database of four nodes",
      "databasePostgresqlV2:DatabasePostgresqlV2",
      { ...database, clusterSize: 4 },
      /must be 1, 2 or 3, found 4/,
    ],
    [
      "an address without its prefix",
      "databasePostgresqlV2:DatabasePostgresqlV2",
      { ...database, allowLists: ["203.0.113.9"] },
      /"203.0.113.9" is not a valid CIDR/,
    ],
    [
      "ports where there are none",
      "firewall:Firewall",
      { ...firewall, inbounds: [{ ...rule, protocol: "ICMP", ports: "8" }] },
      /ports are not allowed for the ICMP protocol/,
    ],
    [
      "what is no port",
      "firewall:Firewall",
      { ...firewall, inbounds: [{ ...rule, ports: "80, http" }] },
      /"http" is neither a port nor a range/,
    ],
    [
      "a range upside down",
      "firewall:Firewall",
      { ...firewall, inbounds: [{ ...rule, ports: "90-80" }] },
      /"90-80" is neither/,
    ],
    [
      "a name where an address belongs",
      "domainRecord:DomainRecord",
      { domainId: 1, recordType: "A", name: "api", target: "example.com" },
      /"example.com" is not an IPv4 address/,
    ],
    [
      "a CAA record without its tag",
      "domainRecord:DomainRecord",
      { domainId: 1, recordType: "CAA", target: "letsencrypt.org" },
      /needs a tag/,
    ],
    [
      "a domain that nobody answers for",
      "domain:Domain",
      { domain: "example.com", type: "master" },
      /soaEmail/,
    ],
    [
      "a Linode by itself",
      "instance:Instance",
      { region: "fr-par", type: "g6-standard-1" },
      /only as nodes of LKE pools/,
    ],
  ])("catch: %s", async (_, type, inputs, message) => {
    await expect(preview(type, inputs)).rejects.toThrow(message);
  });
});

describe("LKE", () => {
  test("a cluster is a control plane with its first pool, reached by a kubeconfig that is a secret", async () => {
    const made = await make("lkeCluster:LkeCluster", cluster);

    expect(cloud.clusters.versions.get("linode-aiaas")).toBe("1.35");
    const [own] = [...cloud.clusters.pools.values()];
    expect(own).toMatchObject({
      count: 3,
      zones: [],
      region: "fr-par",
      instanceTypes: [{ instanceType: "g6-standard-4" }],
    });
    const kubeconfig = Buffer.from(String(made.outputs.kubeconfig), "base64").toString();
    expect(kubeconfig).toContain("server: https://127.0.0.1:6443");
    expect(kubeconfig).toContain("token: token-of-aiaas");
    expect(made.outputs).toMatchObject({ status: "ready", apiEndpoints: ["https://127.0.0.1:6443"] });

    const provider = await cloud.provider({});
    const read = await provider.read({ urn: made.urn, type: made.type, name: "" }, made.id, made);
    expect(read?.outputs.kubeconfig).toMatchObject({ value: made.outputs.kubeconfig });
  });

  test("a preview does not know the nodes yet, before creation and when pools change", async () => {
    const { outputs } = await preview("lkeCluster:LkeCluster", cluster);
    expect(outputs.pools).toEqual([
      { type: "g6-standard-4", count: 3, nodes: expect.any(Symbol), id: expect.any(Symbol) },
    ]);

    const made = await make("lkeCluster:LkeCluster", cluster);
    const same = await cloud.update({}, made, { ...made.inputs, tags: ["a"] }, true);
    expect(same.pools).toEqual(made.outputs.pools);
    const larger = await cloud.update(
      {},
      made,
      { ...made.inputs, pools: [{ type: "g6-standard-4", count: 4 }] },
      true,
    );
    expect(larger.pools).toEqual([expect.objectContaining({ nodes: expect.any(Symbol) })]);
  });

  test("pools are nodes of their plan, grow, and go before their cluster", async () => {
    const owner = await make("lkeCluster:LkeCluster", cluster);
    const gpu = {
      clusterId: Number(owner.id),
      type: "g2-gpu-rtx4000a1-s",
      nodeCount: 2,
      labels: { class: "gpu" },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
    };
    const made = await make("lkeNodePool:LkeNodePool", gpu);
    const name = `linode-aiaas/lke${owner.id}-${made.id}`;
    expect(cloud.clusters.pools.get(name)).toMatchObject({
      count: 2,
      labels: { class: "gpu", "lke.linode.com/pool-id": made.id },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
      instanceTypes: [{ capacity: { cpu: "4", memory: "16Gi", "nvidia.com/gpu": "1" } }],
    });
    expect(made.outputs.nodes).toHaveLength(2);

    await cloud.update({}, made, { ...made.inputs, nodeCount: 3 });
    expect(cloud.clusters.pools.get(name)?.count).toBe(3);

    await expect(cloud.delete({}, owner)).rejects.toThrow(/in use by the LKE node pool/);
    await cloud.delete({}, made);
    expect(cloud.clusters.pools.has(name)).toBe(false);
    await cloud.delete({}, owner);
    expect([...cloud.clusters.versions]).toEqual([]);
  });

  test("a plan that the region was not known to offer is warned about", async () => {
    const owner = await make("lkeCluster:LkeCluster", cluster);
    const wanted = { clusterId: Number(owner.id), nodeCount: 1 };
    const offered = await make("lkeNodePool:LkeNodePool", { ...wanted, type: "g2-gpu-rtx4000a1-s" });
    const other = await make("lkeNodePool:LkeNodePool", { ...wanted, type: "g3-gpu-rtxpro6000-blackwell-1" });

    expect(offered.logged).not.toContainEqual(expect.stringMatching(/^warning/));
    expect(other.logged).toContainEqual(
      expect.stringMatching(/^warning: .*fr-par did not offer g3-gpu-rtxpro6000/),
    );
  });

  test("a pool needs a cluster that exists, and room in it", async () => {
    await expect(make("lkeNodePool:LkeNodePool", pool)).rejects.toThrow(
      /clusterId: the LKE cluster "1" does not exist/,
    );
    const clusterId = Number((await make("lkeCluster:LkeCluster", cluster)).id);
    for (const _ of [1, 2]) await make("lkeNodePool:LkeNodePool", { ...pool, clusterId, nodeCount: 100 });
    await expect(make("lkeNodePool:LkeNodePool", { ...pool, clusterId, nodeCount: 60 })).rejects.toThrow(
      /at most 250 nodes: 200 exist, 60 are asked for/,
    );
  });

  test("versions go up one by one, and labels are told apart", async () => {
    const made = await make("lkeCluster:LkeCluster", { ...cluster, k8sVersion: "1.35" });
    await expect(cloud.update({}, made, { ...made.inputs, k8sVersion: "1.34" })).rejects.toThrow(
      /1.35 to 1.34/,
    );
    await expect(cloud.update({}, made, { ...made.inputs, k8sVersion: "1.36" })).resolves.toBeDefined();
    await expect(make("lkeCluster:LkeCluster", cluster)).rejects.toThrow(/label "aiaas" must be unique/);
  });
});

test("a firewall stands before nodes that exist, and each node behind one", async () => {
  const owner = await make("lkeCluster:LkeCluster", cluster);
  const nodes = await make("lkeNodePool:LkeNodePool", { ...pool, clusterId: Number(owner.id) });
  const linodes: number[] = Object(nodes.outputs.nodes).map(
    ({ instanceId }: { instanceId: number }) => instanceId,
  );

  await expect(make("firewall:Firewall", { ...firewall, linodes: [7] })).rejects.toThrow(
    /the Linode "7" does not exist/,
  );
  const made = await make("firewall:Firewall", { ...firewall, linodes });
  expect(made.outputs.devices).toHaveLength(3);
  await expect(make("firewall:Firewall", { ...firewall, label: "other", linodes })).rejects.toThrow(
    /stands behind the firewall/,
  );
});

test("a key opens buckets that exist, and keeps its secret over updates", async () => {
  const key = {
    label: "analytics",
    bucketAccesses: [{ bucketName: "exports", region: "fr-par", permissions: "read_write" }],
  };
  await expect(make("objectStorageKey:ObjectStorageKey", key)).rejects.toThrow(
    /the Object Storage bucket "exports" does not exist/,
  );
  await make("objectStorageBucket:ObjectStorageBucket", bucket);
  const made = await make("objectStorageKey:ObjectStorageKey", key);
  expect(made.outputs).toMatchObject({
    limited: true,
    regions: ["fr-par"],
    secretKey: expect.stringMatching(/^[0-9A-F]{40}$/),
  });
  const renamed = await cloud.update({}, made, { ...made.inputs, label: "analysis" });
  expect(renamed.secretKey).toBe(made.outputs.secretKey);
});

test("a database has a host, a port and a password that stays", async () => {
  const made = await make("databasePostgresqlV2:DatabasePostgresqlV2", database);
  expect(made.outputs).toMatchObject({
    engine: "postgresql",
    version: "16",
    status: "active",
    rootUsername: "akmadmin",
  });
  const opened = await cloud.update({}, made, { ...made.inputs, allowLists: ["203.0.113.0/24"] });
  expect(opened.rootPassword).toBe(made.outputs.rootPassword);
});

test("subnets of a VPC do not overlap", async () => {
  const vpcId = Number((await make("vpc:Vpc", { label: "net", region: "fr-par" })).id);
  await make("vpcSubnet:VpcSubnet", { vpcId, label: "a", ipv4: "10.0.0.0/24" });
  await expect(make("vpcSubnet:VpcSubnet", { vpcId, label: "b", ipv4: "10.0.0.128/25" })).rejects.toThrow(
    /overlaps 10.0.0.0\/24/,
  );
  await expect(
    make("vpcSubnet:VpcSubnet", { vpcId, label: "c", ipv4: "10.0.1.0/24" }),
  ).resolves.toBeDefined();
});

describe("the provider's settings", () => {
  const standIn = linodeStandIn({
    clusters: new FakeClusters(),
    store: new CloudStore("unused"),
    reporter: silentReporter,
  });

  afterEach(() => jest.restoreAllMocks());

  test.each<[string, Values, NodeJS.ProcessEnv]>([
    ["a token", { token: "t", url: "https://api.linode.com", apiVersion: "v4" }, {}],
    ["a token of the environment", { objUseTempKeys: "true" }, { LINODE_TOKEN: "t" }],
  ])("accept %s", async (_, settings, env) => {
    jest.replaceProperty(process, "env", env);
    expect(await standIn.checkConfig(settings)).toEqual([]);
  });

  test.each<[string, Values, string, RegExp]>([
    ["no token", {}, "token", /pulumi config set --secret linode:token/],
    ["an empty token", { token: "" }, "token", /LINODE_TOKEN/],
    ["an unknown setting", { token: "t", tokn: "t" }, "tokn", /not a property/],
  ])("refuse %s", async (_, settings, property, reason) => {
    jest.replaceProperty(process, "env", {});
    expect(await standIn.checkConfig(settings)).toContainEqual({
      property,
      reason: expect.stringMatching(reason),
    });
  });
});

test("a bucket that holds objects goes where the provider may take them along, and nowhere else", async () => {
  const bucket = { label: "aiaas-state", region: "fr-par" };
  const kept = await cloud.create({}, "linode:index/objectStorageBucket:ObjectStorageBucket", bucket);
  await expect(cloud.delete({}, kept)).rejects.toThrow(
    /BucketNotEmpty: the bucket fr-par:aiaas-state holds objects/,
  );
  await cloud.delete({ objBucketForceDelete: true }, kept);
  await expect(
    cloud.create({}, "linode:index/objectStorageBucket:ObjectStorageBucket", bucket),
  ).resolves.toBeDefined();
});
