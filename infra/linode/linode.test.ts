import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { encodedKubeconfig, recordPlatform, revealed } from "../../test/support/recorded/linode-platform";
import type { linodeSchema } from "../config/linode-schema";
import { kubeconfigText } from "./kubeconfig";
import { refuseTakenHosts, sharedText } from "./reference";

const lkeCluster = "linode:index/lkeCluster:LkeCluster";
const lkeNodePool = "linode:index/lkeNodePool:LkeNodePool";
const firewall = "linode:index/firewall:Firewall";
const bucket = "linode:index/objectStorageBucket:ObjectStorageBucket";
const key = "linode:index/objectStorageKey:ObjectStorageKey";
const database = "linode:index/databasePostgresqlV2:DatabasePostgresqlV2";
const domainRecord = "linode:index/domainRecord:DomainRecord";
const linodeProvider = "pulumi:providers:linode";
const kubernetesProvider = "pulumi:providers:kubernetes";

const owned = {
  cloud: "linode",
  region: "fr-par",
  cluster: { name: "aiaas-prod", version: "1.35", controlPlaneCidrs: ["203.0.113.0/24", "2001:db8::/32"] },
  nodePools: {
    baseline: {
      plan: "g6-standard-8",
      nodes: 6,
      autoscaler: { minimum: 3, maximum: 10 },
      labels: { "workload-type": "baseline" },
    },
    gpu: {
      plan: "g2-gpu-rtx4000a2-s",
      nodes: 2,
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
    },
  },
} as const satisfies z.input<typeof linodeSchema>;

const withData = {
  ...owned,
  objectStorage: {
    buckets: {
      exports: { label: "aiaas-prod-exports", versioning: false },
      backups: { label: "aiaas-prod-backups", expireAfterDays: 30, expireOldVersionsAfterDays: 7 },
    },
    keys: { velero: { backups: "read_write" }, reports: { exports: "read_only" } },
  },
  databases: {
    "user-organization": {
      managed: true,
      label: "aiaas-prod-users",
      plan: "g6-dedicated-2",
      clientCidrs: ["203.0.113.0/24"],
      maintenance: { day: "monday", hour: 0 },
    },
  },
  dns: {
    domain: "aiaas.example.com",
    contact: "platform@example.com",
    records: [
      { name: "@", type: "MX", target: "mail.example.com", priority: 0 },
      { name: "status", type: "CNAME", target: "status.example.net" },
    ],
  },
} as const satisfies z.input<typeof linodeSchema>;

const referring = {
  cloud: "linode",
  region: "fr-par",
  cluster: { stack: "organization/ai-platform/prod" },
} as const satisfies z.input<typeof linodeSchema>;

const shared = { linodeClusterName: "aiaas-prod", linodeKubeconfig: "apiVersion: v1\nkind: Config\n" };

const { LINODE_TOKEN: originalToken } = process.env;

beforeEach(() => {
  process.env.LINODE_TOKEN = "a-token";
});

afterAll(() => {
  if (originalToken === undefined) delete process.env.LINODE_TOKEN;
  else process.env.LINODE_TOKEN = originalToken;
});

/** Names of the resources that another waits for. */
async function namesOf(dependencies: pulumi.ResourceOptions["dependsOn"]): Promise<readonly string[]> {
  const resources = await revealed(pulumi.output(dependencies ?? []));
  const list = [resources.value].flat();
  return Promise.all(list.map(async ({ urn }) => (await revealed(urn)).value.split("::").at(-1) ?? ""));
}

describe("a cluster of the stack's own (C5, D3)", () => {
  it("is highly available, at the pinned version, and reached only from the named ranges", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(lkeCluster).map(({ inputs }) => inputs)).toMatchObject([
      {
        label: "aiaas-prod",
        region: "fr-par",
        k8sVersion: "1.35",
        controlPlane: {
          highAvailability: true,
          acl: { enabled: true, addresses: [{ ipv4s: ["203.0.113.0/24"], ipv6s: ["2001:db8::/32"] }] },
        },
      },
    ]);
  });

  it("takes false for an answer where high availability is not wanted", async () => {
    const { ofType } = await recordPlatform({
      ...owned,
      cluster: { ...owned.cluster, highAvailability: false },
    });
    expect(ofType(lkeCluster)[0]?.inputs).toMatchObject({ controlPlane: { highAvailability: false } });
  });

  it("has one small pool inside, and leaves pools with the tag of their own alone", async () => {
    const { ofType } = await recordPlatform(owned);
    const [cluster] = ofType(lkeCluster);
    expect(cluster?.inputs).toMatchObject({
      pools: [{ type: "g6-standard-4", count: 3, labels: { "ai-platform/pool": "system" } }],
    });
    expect(cluster?.inputs.pools).toHaveLength(1);
    for (const { inputs } of ofType(lkeNodePool)) {
      expect(inputs.tags).toEqual(cluster?.inputs.externalPoolTags);
    }
  });

  it("hands Kubernetes' provider a decoded, secret kubeconfig and an identity that outlives it", async () => {
    const { platform, ofType } = await recordPlatform(owned);
    const kubeconfig = platform.cluster.kubeconfig;
    expect(kubeconfig && (await revealed(kubeconfig))).toEqual({
      value: Buffer.from(encodedKubeconfig, "base64").toString(),
      secret: true,
    });
    expect(ofType(kubernetesProvider)[0]?.inputs).toMatchObject({
      clusterIdentifier: "lke-aiaas-prod",
      enableServerSideApply: "true",
      enableConfigMapMutable: "true",
    });
  });

  it("has its nodes before anything is deployed to it, so that they go last", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(await namesOf(ofType(kubernetesProvider)[0]?.options.dependsOn)).toEqual([
      "linode-pool-baseline",
      "linode-pool-gpu",
      "linode-nodes",
    ]);
  });

  it("exports what another stack needs to share it", async () => {
    const { platform } = await recordPlatform(owned);
    expect(Object.keys(platform.shown)).toEqual(["ClusterName", "Kubeconfig", "Hosts"]);
    const kubeconfig = platform.shown.Kubeconfig;
    expect(kubeconfig && (await revealed(kubeconfig)).secret).toBe(true);
  });
});

describe("node pools (C5, C10)", () => {
  it("carry labels, taints, and the autoscaler's bounds", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(lkeNodePool).map(({ inputs }) => inputs)).toMatchObject([
      {
        clusterId: 4711,
        type: "g6-standard-8",
        nodeCount: 6,
        autoscaler: { min: 3, max: 10 },
        labels: { "workload-type": "baseline", "ai-platform/pool": "baseline" },
        taints: [],
      },
      {
        type: "g2-gpu-rtx4000a2-s",
        nodeCount: 2,
        labels: { accelerator: "nvidia-gpu", "ai-platform/pool": "gpu" },
        taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
      },
    ]);
  });

  it("leave their size to the autoscaler, and only where there is one", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(lkeNodePool).map(({ options }) => options.ignoreChanges)).toEqual([["nodeCount"], []]);
    expect(ofType(lkeNodePool)[1]?.inputs.autoscaler).toBeUndefined();
  });

  it("start with the autoscaler's minimum when no number is given", async () => {
    const { ofType } = await recordPlatform({
      ...owned,
      nodePools: { baseline: { plan: "g6-standard-8", autoscaler: { minimum: 4, maximum: 10 } } },
    });
    expect(ofType(lkeNodePool)[0]?.inputs.nodeCount).toBe(4);
  });

  it("are described to the layers above, GPUs and the system pool included", async () => {
    const { platform } = await recordPlatform(owned);
    expect(platform.cluster).toMatchObject({
      name: "linode",
      cloud: { kind: "lke" },
      owned: true,
      zones: ["fr-par"],
    });
    expect(platform.cluster.pools).toMatchObject([
      { name: "system", minimum: 3, maximum: 3, labels: { "ai-platform/pool": "system" }, taints: [] },
      { name: "baseline", minimum: 3, maximum: 10, spot: false },
      { name: "gpu", minimum: 2, maximum: 2, gpu: { model: "RTX 4000 Ada", count: 2 }, zones: ["fr-par"] },
    ]);
    expect(platform.cluster.pools[1]?.gpu).toBeUndefined();
  });
});

describe("the firewall (K6)", () => {
  it("stands in front of every node and drops what it does not know", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(firewall)[0]?.inputs).toMatchObject({
      inboundPolicy: "DROP",
      linodes: [100, 101, 102, 200, 201, 202, 203, 204, 205, 300, 301],
    });
  });

  it("lets only private ranges in", async () => {
    const { ofType } = await recordPlatform(owned);
    const rules = ofType(firewall)[0]?.inputs.inbounds;
    expect(rules).toHaveLength(10);
    for (const rule of Array.isArray(rules) ? rules : []) {
      expect(["192.168.128.0/17", "192.168.255.0/24"]).toEqual(expect.arrayContaining(rule.ipv4s));
      expect(rule).not.toHaveProperty("ipv6s");
    }
  });
});

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

describe("deletion (K6)", () => {
  it.each([true, false])("of what holds data is guarded as the stack says: %s", async (protectData) => {
    const { ofType } = await recordPlatform(withData, { protectData });
    const stateful = [...ofType(bucket), ...ofType(database)];
    expect(stateful).toHaveLength(3);
    for (const { options } of stateful) {
      expect(options).toMatchObject({ protect: protectData, retainOnDelete: protectData });
    }
    expect(ofType(lkeCluster)[0]?.options.protect).toBe(protectData);
    expect(ofType(lkeNodePool)[0]?.options.protect).toBeUndefined();
  });
});

describe("a cluster that another stack owns (D3)", () => {
  it("is reached by that stack's outputs, without a token or a resource of this stack's own", async () => {
    delete process.env.LINODE_TOKEN;
    const { platform, resources, ofType } = await recordPlatform(referring, { ownersOutputs: shared });
    expect(platform.cluster).toMatchObject({ owned: false, pools: [], zones: ["fr-par"] });
    expect(platform.shown).toEqual({});
    expect(ofType(linodeProvider)).toEqual([]);
    expect(resources.filter(({ type }) => type.startsWith("linode:"))).toEqual([]);
    expect(ofType(kubernetesProvider)[0]?.inputs).toMatchObject({
      clusterIdentifier: "lke-aiaas-prod",
      kubeconfig: { value: shared.linodeKubeconfig },
    });
    const kubeconfig = platform.cluster.kubeconfig;
    expect(kubeconfig && (await revealed(kubeconfig)).secret).toBe(true);
  });

  it("has no host of the owner's: one of the two would be dead, and nothing would notice", () => {
    const taken = ["api.aiaas.example.com", "traces.example.com"];
    const claim = (hosts: readonly string[], owners: unknown) => {
      refuseTakenHosts("organization/ai-platform/prod", owners, hosts);
    };
    expect(() => claim(["api.aiaas.example.com"], taken)).toThrow(
      /The stack organization\/ai-platform\/prod, .* has the host api\.aiaas\.example\.com already/,
    );
    expect(() => claim(["api.staging.aiaas.example.com"], taken)).not.toThrow();
    expect(() => claim(["api.aiaas.example.com"], undefined)).not.toThrow();
  });
});

describe("answers that cannot be used", () => {
  it("names the stack and the output that it lacks (D3)", () => {
    const lacking = () => sharedText("organization/ai-platform/prod", "linodeKubeconfig", undefined);
    expect(lacking).toThrow(/The stack organization\/ai-platform\/prod has no output linodeKubeconfig/);
    expect(lacking).toThrow(/pulumi up --stack organization\/ai-platform\/prod/);
    expect(sharedText("organization/ai-platform/prod", "linodeClusterName", "aiaas-prod")).toBe("aiaas-prod");
  });

  it("does not take just anything for a kubeconfig", () => {
    expect(() => kubeconfigText(Buffer.from("<html>").toString("base64"))).toThrow(/not a kubeconfig/);
    expect(kubeconfigText(encodedKubeconfig)).toContain("kind: Config");
  });
});

describe("the token", () => {
  it("of the environment stays out of the provider's inputs", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(linodeProvider)[0]?.inputs).not.toHaveProperty("token");
  });

  it("of the stack's configuration reaches the provider as a secret", async () => {
    pulumi.runtime.setAllConfig({ "linode:token": "the-stack's-token" }, ["linode:token"]);
    const { ofType } = await recordPlatform(owned);
    pulumi.runtime.setAllConfig({});
    expect(ofType(linodeProvider)[0]?.inputs.token).toMatchObject({ value: "the-stack's-token" });
  });

  it("is asked for by name when there is none", async () => {
    delete process.env.LINODE_TOKEN;
    await expect(recordPlatform(owned)).rejects.toThrow(/pulumi config set --secret linode:token/);
  });

  it("has to be there for buckets too, where the cluster is another stack's", async () => {
    delete process.env.LINODE_TOKEN;
    const { objectStorage } = withData;
    await expect(recordPlatform({ ...referring, objectStorage }, { ownersOutputs: shared })).rejects.toThrow(
      /LINODE_TOKEN/,
    );
  });
});

it("gives every resource of Linode's its provider explicitly", async () => {
  const { resources } = await recordPlatform(withData);
  const components = resources.filter(({ type }) =>
    /^ai-platform:linode:(Cluster|NodePool|NodeFirewall)/.test(type),
  );
  expect(components).toHaveLength(4);
  for (const { options } of components) {
    expect(options).toHaveProperty("providers.linode");
  }
});
