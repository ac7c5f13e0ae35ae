import { createRedis } from "../../apps/ai-middleware/redis";
import { createSessions } from "../../apps/atlas/sessions";
import { laptop, namespace, recordStore, resolved } from "../../test/support/recorded/data-store";
import { only } from "../../test/support/recorded/site";
import { restrictedContainer } from "../kit/values";
import { redisOperator } from "../platform/redis-operator";

test("Market Data's sessions are in six members, of which drains leave four (001)", async () => {
  const { objects } = await recordStore(createSessions);
  expect(only(objects, "RedisCluster", "spec")).toMatchObject({
    redisLeader: { replicas: 3 },
    redisFollower: { replicas: 3 },
    persistenceEnabled: true,
  });
  // `cluster` is on leaders and followers alike, so that one budget counts them all.
  expect(only(objects, "PodDisruptionBudget", "spec")).toEqual({
    minAvailable: 4,
    selector: { matchLabels: { cluster: "market-data-redis" } },
  });
});

test("no zone has a leader and the follower that takes over for it; the operator pairs them by number (R3)", async () => {
  const { objects } = await recordStore(createSessions);
  const apart = (role: string) =>
    only(
      objects,
      "RedisCluster",
      `spec.${role}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution`,
    );
  const zone = "topology.kubernetes.io/zone";
  const leader = { matchLabels: { app: "market-data-redis-leader", role: "leader" } };
  expect(apart("redisLeader")).toEqual([{ labelSelector: leader, topologyKey: zone }]);
  expect(apart("redisFollower")).toEqual([
    { labelSelector: leader, topologyKey: zone, matchLabelKeys: ["apps.kubernetes.io/pod-index"] },
  ]);
});

test("sessions are written down every hour in which one changed (001)", async () => {
  const { objects } = await recordStore(createSessions);
  expect(only(objects, "ConfigMap", "data")).toMatchObject({
    "redis-additional.conf": expect.stringContaining('save ""\nsave 3600 1\n'),
  });
});

test("the AI Middleware's cluster has 003's numbers, and an append-only file", async () => {
  const { objects } = await recordStore(createRedis);
  expect(only(objects, "RedisCluster", "spec")).toMatchObject({
    redisLeader: { replicas: 3 },
    kubernetesConfig: {
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "200m", memory: "512Mi" } },
    },
    storage: {
      volumeClaimTemplate: {
        spec: { storageClassName: "fast-ssd", resources: { requests: { storage: "10Gi" } } },
      },
    },
  });
  expect(only(objects, "ConfigMap", "data")).toMatchObject({
    "redis-additional.conf": expect.stringMatching(/appendonly yes\n[\s\S]*cluster-node-timeout 5000\n/),
  });
});

test("members read the configuration that is written for them", async () => {
  const { objects } = await recordStore(createRedis);
  const name = only(objects, "ConfigMap", "metadata.name");
  for (const role of ["redisLeader", "redisFollower"]) {
    expect(only(objects, "RedisCluster", `spec.${role}.redisConfig.additionalRedisConfig`)).toBe(name);
  }
});

test("a member finds the others again after a restart: what it knows of them is on a volume", async () => {
  const { objects } = await recordStore(createRedis);
  expect(only(objects, "RedisCluster", "spec.storage")).toMatchObject({ nodeConfVolume: true });
});

test("clients start with the leaders' Service, and Redis asks for their password", async () => {
  const { objects, store } = await recordStore(createRedis);
  const url = new URL(await resolved(store.connectionString));
  const name = only(objects, "RedisCluster", "metadata.name");
  expect([url.protocol, url.host, url.pathname]).toEqual([
    "redis:",
    `${name}-leader.${namespace}.svc:6379`,
    "",
  ]);
  expect(only(objects, "RedisCluster", "spec.kubernetesConfig.redisSecret")).toEqual({
    name: "ai-middleware-redis",
    key: "password",
  });
  expect(store.credentials.keys).toEqual(expect.arrayContaining(["password", "uri"]));
});

test("members reach each other, gossip included, and the operator reaches them", async () => {
  const { site, store } = await recordStore(createRedis);
  const members = store.endpoints.members.pods;
  expect(members.labels).toEqual({ cluster: "redis" });
  expect(site.network.edges).toEqual(
    expect.arrayContaining([
      { from: members, to: members, ports: [6379, 16379] },
      { from: redisOperator, to: members, ports: [6379] },
    ]),
  );
});

test("no container may more than the restricted standard allows", async () => {
  const { objects } = await recordStore(createRedis);
  expect(only(objects, "RedisCluster", "spec")).toMatchObject({
    podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    redisLeader: { securityContext: restrictedContainer },
    redisFollower: { securityContext: restrictedContainer },
    initContainer: { enabled: false, securityContext: restrictedContainer },
    redisExporter: { securityContext: restrictedContainer },
  });
});

test("a laptop's one member has all keys, and nobody to take over", async () => {
  const { objects } = await recordStore(createRedis, laptop);
  expect(only(objects, "RedisCluster", "spec")).toMatchObject({
    clusterSize: 1,
    redisLeader: { replicas: 1 },
    redisFollower: { replicas: 0 },
  });
  expect(objects.map(({ kind }) => kind)).not.toContain("PodDisruptionBudget");
});
