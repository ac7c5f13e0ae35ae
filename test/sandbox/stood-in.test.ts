import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cachePaths } from "../../cli/cache";
import { silentReporter } from "../../cli/reporter";
import { byToken } from "../../sandbox/api-server/access";
import { ApiClient } from "../../sandbox/api-server/client";
import { isStatus } from "../../sandbox/api-server/errors";
import type { KubernetesObject } from "../../sandbox/api-server/object";
import type { ClusterIdentity, ClusterManager, NodePoolSpec } from "../../sandbox/cluster";
import { simulatedClusters } from "../../simulation/clusters";
import { ensureTools, toolNames } from "../../toolchain";
import { runFolder } from "./run-folder";

jest.setTimeout(120_000);

interface Pod extends KubernetesObject {
  readonly spec: { readonly nodeName?: string };
  readonly status?: { readonly phase?: string };
}

interface Budget extends KubernetesObject {
  readonly status?: { readonly expectedPods?: number; readonly disruptionsAllowed?: number };
}

const cache = mkdtempSync(join(runFolder(), "stood-in-"));
const identity: ClusterIdentity = { cloud: "aws", name: "stood-in-test" };
const [core, apps, policies] = ["/api/v1", "/apis/apps/v1", "/apis/policy/v1"].map(
  (group) => `${group}/namespaces/default`,
);
let clusters: ClusterManager;
let api: ApiClient;

const shape = { cpu: "8", memory: "16Gi", pods: "58" };
const pool: NodePoolSpec = {
  name: "general",
  count: 6,
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  region: "us-east-1",
  instanceTypes: [{ instanceType: "m6i.2xlarge", capacity: shape, allocatable: shape }],
  labels: {},
  taints: [],
};

beforeAll(async () => {
  process.env.AI_PLATFORM_TOOLS = cachePaths.tools();
  process.env.XDG_CACHE_HOME = cache;
  clusters = simulatedClusters(await ensureTools(toolNames, silentReporter), silentReporter);
  api = new ApiClient(byToken(await clusters.start(identity, { version: "1.35" })));
  await define("redis.redis.opstreelabs.in", "v1beta2", "RedisCluster");
  await define("postgresql.cnpg.io", "v1", "Cluster");
  await api.create("/apis/storage.k8s.io/v1/storageclasses", {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "standard" },
    provisioner: "ebs.csi.aws.com",
    volumeBindingMode: "WaitForFirstConsumer",
  });
});

afterAll(async () => {
  api?.close();
  await clusters?.remove(identity);
  rmSync(cache, { recursive: true, force: true });
});

async function define(group: string, name: string, kind: string): Promise<void> {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  await api.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural, singular, kind, listKind: `${kind}List` },
      versions: [
        {
          name,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
    },
  });
}

/** Asks until the answer is there. */
async function eventually<Answer>(ask: () => Promise<Answer | undefined | false>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    await sleep(100);
  }
}

async function make(path: string, object: object): Promise<void> {
  await eventually(async () => {
    try {
      return await api.create(path, object);
    } catch (error) {
      return !isStatus(error, 404) && Promise.reject(error);
    }
  });
}

async function pods(prefix: string): Promise<readonly Pod[]> {
  const { items } = await api.list<Pod>(`${core}/pods`);
  return items.filter(({ metadata }) => metadata.name.startsWith(prefix));
}

async function running(prefix: string, count: number): Promise<readonly Pod[]> {
  return eventually(async () => {
    const found = await pods(prefix);
    const all = found.length === count && found.every(({ status }) => status?.phase === "Running");
    return all && found;
  });
}

const sets = async () =>
  (await api.list<KubernetesObject>(`${apps}/statefulsets`)).items.map(({ metadata }) => metadata.name);

/** Waits until the stand-in has looked at everything again: it has made what was taken away. */
async function round(): Promise<void> {
  const path = `${policies}/poddisruptionbudgets/cache-leader`;
  const { metadata } = await api.get<KubernetesObject>(path);
  await api.delete(path);
  await eventually(async () => {
    try {
      return (await api.get<KubernetesObject>(path)).metadata.uid !== metadata.uid;
    } catch (error) {
      return isStatus(error, 404) ? false : Promise.reject(error);
    }
  });
}

const primaries = async () =>
  (await pods("orders-"))
    .filter(({ metadata }) => metadata.labels?.["cnpg.io/instanceRole"] === "primary")
    .map(({ metadata }) => metadata.name);

test("followers of a Redis cluster come after its leaders, and no pod of theirs is touched", async () => {
  const half = { pdb: { enabled: true } };
  await make("/apis/redis.redis.opstreelabs.in/v1beta2/namespaces/default/redisclusters", {
    apiVersion: "redis.redis.opstreelabs.in/v1beta2",
    kind: "RedisCluster",
    metadata: { name: "cache" },
    spec: {
      clusterSize: 3,
      kubernetesConfig: { image: "valkey:8" },
      redisLeader: half,
      redisFollower: half,
    },
  });
  await eventually(async () => (await sets()).includes("cache-leader"));
  // No node is there yet.
  await eventually(async () => (await pods("cache-leader-")).length === 3);
  await round();
  expect(await sets()).toEqual(["cache-leader"]);

  await clusters.applyNodePool(identity, pool);
  const first = await running("cache-", 6);
  await round();
  await round();
  const later = await running("cache-", 6);
  expect(later.map(({ metadata }) => metadata.uid)).toEqual(first.map(({ metadata }) => metadata.uid));
});

test("instances of PostgreSQL are pods of their own, and the primary leaves a node that is to be drained", async () => {
  await make("/apis/postgresql.cnpg.io/v1/namespaces/default/clusters", {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    metadata: { name: "orders" },
    spec: { instances: 3, imageName: "postgres:17", storage: { size: "1Gi", storageClass: "standard" } },
  });
  const instances = await running("orders-", 3);
  expect(await sets()).not.toContain("orders");
  expect(instances.map(({ metadata }) => metadata.ownerReferences?.map(({ kind }) => kind))).toEqual(
    instances.map(() => ["Cluster"]),
  );
  expect(await primaries()).toEqual(["orders-1"]);
  const budgets = ["orders", "orders-primary"].map((name) => `${policies}/poddisruptionbudgets/${name}`);
  const counted = async () =>
    Promise.all(budgets.map(async (path) => (await api.get<Budget>(path)).status?.expectedPods));
  await eventually(async () => (await counted()).join() === "2,1");

  const [first] = instances;
  await api.patch(`/api/v1/nodes/${first?.spec.nodeName}`, { spec: { unschedulable: true } });
  await eventually(async () => (await primaries()).join() === "orders-2");
  const evict = async () => {
    try {
      await api.create(`${core}/pods/orders-1/eviction`, {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name: "orders-1", namespace: "default" },
      });
      return true;
    } catch (error) {
      return isStatus(error, 429) ? false : Promise.reject(error);
    }
  };
  await eventually(evict);
  await eventually(async () =>
    (await running("orders-", 3)).some(
      ({ metadata }) => metadata.name === "orders-1" && metadata.uid !== first?.metadata.uid,
    ),
  );
  expect(await primaries()).toEqual(["orders-2"]);
});

test("all of it goes with its custom resource", async () => {
  await api.delete("/apis/postgresql.cnpg.io/v1/namespaces/default/clusters/orders");
  await api.delete("/apis/redis.redis.opstreelabs.in/v1beta2/namespaces/default/redisclusters/cache");
  await eventually(async () => (await pods("")).length === 0 && (await sets()).length === 0);
  await eventually(
    async () => (await api.list<KubernetesObject>(`${core}/persistentvolumeclaims`)).items.length === 0,
  );
});
