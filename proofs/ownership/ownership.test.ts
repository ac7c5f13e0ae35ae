import { autoscaler, deployment as cart } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { ownership } from ".";

const faults = (...pieces: readonly Piece[]) => faultsOf(ownership, evidenceOf(...pieces));

const namespace = "production";
const account = (name: string) =>
  object("account", "v1", "ServiceAccount", { metadata: { name, namespace } });
const deployment = (serviceAccountName: string, ...dependsOn: string[]) =>
  object(
    "deployment",
    "apps/v1",
    "Deployment",
    {
      metadata: { name: "analytics", namespace },
      spec: {
        selector: { matchLabels: { app: "analytics" } },
        template: {
          metadata: { labels: { app: "analytics", tier: "backend" } },
          spec: { serviceAccountName, containers: [{ name: "analytics", image: "analytics:1" }] },
        },
      },
    },
    ...dependsOn,
  );
const accountUrn = "kubernetes:core/v1:ServiceAccount::account";

/** As AIaaS' analytics database is planned, without an archive. */
const database = (parameters?: object) =>
  object("database", "postgresql.cnpg.io/v1", "Cluster", {
    metadata: { name: "analytics", namespace },
    spec: {
      instances: 1,
      imageCatalogRef: { apiGroup: "postgresql.cnpg.io", kind: "ImageCatalog", name: "analytics", major: 17 },
      bootstrap: { initdb: { database: "analytics", owner: "analytics", secret: { name: "analytics" } } },
      enablePDB: false,
      storage: { size: "10Gi", storageClass: "fast-ssd" },
      resources: { requests: { cpu: "100m", memory: "512Mi" } },
      ...(parameters && {
        plugins: [{ name: "barman-cloud.cloudnative-pg.io", isWALArchiver: true, parameters }],
      }),
    },
  });

const sentinels = (pdb?: object) =>
  object("sentinels", "redis.redis.opstreelabs.in/v1beta2", "RedisSentinel", {
    metadata: { name: "redis", namespace },
    spec: {
      clusterSize: 3,
      kubernetesConfig: { image: "redis-sentinel:1", imagePullPolicy: "IfNotPresent" },
      redisSentinelConfig: { redisReplicationName: "redis" },
      ...(pdb && { pdb }),
    },
  });
const budget = (name: string, matchLabels: Record<string, string>, resource = "budget") =>
  object(resource, "policy/v1", "PodDisruptionBudget", {
    metadata: { name, namespace },
    spec: { maxUnavailable: 1, selector: { matchLabels } },
  });

describe("accounts", () => {
  test("of a service are not those that CloudNativePG takes over, which have the database's name", () => {
    expect(faults(account("analytics"), database())).toEqual([
      "aws: ServiceAccount production/analytics: the program (account) and the operator of Cluster/analytics both make it: each takes it over from the other",
      expect.stringContaining("it does not wait for its ServiceAccount analytics"),
    ]);
    expect(faults(account("analytics-service"), database())).toEqual([]);
  });

  test("come before the pods that use them, by whichever way", () => {
    expect(faults(account("analytics"), deployment("analytics"))).toEqual([
      "aws: Deployment production/analytics: it does not wait for its ServiceAccount analytics, which the program (account) makes: FailedCreate until a retry",
    ]);
    expect(faults(account("analytics"), deployment("analytics", accountUrn))).toEqual([]);
    const between = object(
      "between",
      "v1",
      "ConfigMap",
      { metadata: { name: "between", namespace } },
      accountUrn,
    );
    expect(
      faults(account("analytics"), between, deployment("analytics", "kubernetes:core/v1:ConfigMap::between")),
    ).toEqual([]);
  });

  test("are there at all", () => {
    expect(faults(account("analytics"), deployment("analytic", accountUrn))).toEqual([
      "aws: Deployment production/analytics: its pods run as ServiceAccount analytic, which nothing makes",
    ]);
    expect(faults(deployment("default"))).toEqual([]);
  });
});

describe("budgets", () => {
  test("do not have the name of those that redis-operator deletes", () => {
    const selected = { app: "redis-sentinel" };
    expect(faults(sentinels(), budget("redis-sentinel", selected))).toEqual([
      "aws: PodDisruptionBudget production/redis-sentinel: the program (budget) makes it, and the operator of RedisSentinel/redis deletes it wherever it finds it",
    ]);
    expect(faults(sentinels(), budget("redis-sentinel-pdb", selected))).toEqual([]);
  });

  test("are one for each pod", () => {
    const app = { app: "analytics" };
    const one = deployment("default");
    expect(faults(one, budget("a", app))).toEqual([]);
    expect(faults(one, budget("a", app), budget("b", { tier: "backend" }, "other"))).toEqual([
      "aws: Deployment production/analytics: its pods are under 2 budgets: a, b",
    ]);
    expect(faults(one, budget("a", app), budget("b", { tier: "frontend" }, "other"))).toEqual([]);
    expect(faults(sentinels({ enabled: true }), budget("sentinels", { app: "redis-sentinel" }))).toEqual([
      expect.stringContaining("its pods are under 2 budgets"),
    ]);
  });
});

describe("what holds data", () => {
  test.each([
    ["the folder of the cluster's name, by default", { barmanObjectName: "analytics" }, 1],
    ["the folder of the cluster's name", { barmanObjectName: "analytics", serverName: "analytics" }, 1],
    ["a folder of its own", { barmanObjectName: "analytics", serverName: "analytics-a1b2c3" }, 0],
  ])("a database archives to %s", (_, parameters, count) => {
    const found = faults(database(parameters));
    expect(found.filter((fault) => fault.includes("archives nothing"))).toHaveLength(count);
  });

  test.each([
    ["delete", 1],
    [undefined, 1],
    ["retain", 0],
  ])("a queue whose deletionPolicy is %s", (deletionPolicy, count) => {
    const queue = object("queue", "rabbitmq.com/v1beta1", "Queue", {
      metadata: { name: "usage-events", namespace },
      spec: { name: "usage-events", ...(deletionPolicy && { deletionPolicy }) },
    });
    expect(faults(queue)).toHaveLength(count);
  });
});

test.each([
  [{ maxUnavailable: 1 }, 3, 0],
  [{ maxUnavailable: 0 }, 3, 1],
  [{ maxUnavailable: "0%" }, 3, 1],
  [{ minAvailable: 2 }, 3, 0],
  [{ minAvailable: 3 }, 3, 1],
  [{ minAvailable: "100%" }, 3, 1],
  // An autoscaler has the number.
  [{ minAvailable: 3 }, undefined, 0],
])("a budget of %j over %s pods", (spec, replicas, count) => {
  const matchLabels = { app: "api" };
  const api = object("api", "apps/v1", "Deployment", {
    metadata: { name: "api", namespace },
    spec: {
      replicas,
      selector: { matchLabels },
      template: {
        metadata: { labels: matchLabels },
        spec: { containers: [{ name: "api", image: "api:1" }] },
      },
    },
  });
  const budget = object("budget", "policy/v1", "PodDisruptionBudget", {
    metadata: { name: "api", namespace },
    spec: { selector: { matchLabels }, ...spec },
  });
  expect(faults(api, budget)).toEqual(
    Array.from({ length: count }, () => expect.stringContaining("none of its pods may ever be evicted")),
  );
});

test.each([
  [{ minAvailable: "50%" }, 2, 0],
  // Nine tenths of three are three.
  [{ minAvailable: "90%" }, 3, 1],
  [{ minAvailable: 2 }, 3, 0],
  [{ minAvailable: 2 }, 2, 1],
  [{ maxUnavailable: "10%" }, 2, 0],
  [{ minAvailable: 1, maxUnavailable: 1 }, 3, 1],
])("a budget of %j over no fewer than %d pods", (spec, minReplicas, count) => {
  const budget = object("budget", "policy/v1", "PodDisruptionBudget", {
    metadata: { name: "cart", namespace: "shop" },
    spec: { selector: { matchLabels: { app: "cart" } }, ...spec },
  });
  expect(faults(cart({ replicas: 3 }), autoscaler(minReplicas, 9), budget)).toHaveLength(count);
});
