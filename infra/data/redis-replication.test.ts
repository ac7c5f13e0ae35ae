import { createRedis } from "../../apps/aiaas/redis";
import { createCache } from "../../apps/atlas/cache";
import { laptop, namespace, ofKind, recordStore, resolved } from "../../test/support/recorded/data-store";
import { only } from "../../test/support/recorded/site";
import { restrictedContainer } from "../kit/values";
import { redisOperator } from "../platform/redis-operator";

test("Atlas has 000's Sentinels under its name, and a Redis for them to watch", async () => {
  const { objects, store } = await recordStore(createCache);
  expect(only(objects, "RedisSentinel", "spec")).toMatchObject({
    clusterSize: 3,
    kubernetesConfig: {
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "200m", memory: "512Mi" } },
    },
    redisSentinelConfig: { redisReplicationName: "redis", quorum: "2" },
  });
  expect(only(objects, "RedisReplication", "metadata.name")).toBe("redis");
  expect(only(objects, "RedisReplication", "spec")).toMatchObject({
    clusterSize: 3,
    storage: { volumeClaimTemplate: { spec: { storageClassName: "fast-ssd" } } },
  });
  expect(store.endpoints.sentinel).toMatchObject({
    host: `redis-sentinel.${namespace}.svc`,
    port: 26379,
    pods: { labels: { app: "redis-sentinel" } },
  });
});

test("REDIS_URL leads to whoever is the master, with the password that Redis asks for", async () => {
  const { objects, store } = await recordStore(createCache);
  const url = new URL(await resolved(store.connectionStrings.url));
  const name = only(objects, "RedisReplication", "metadata.name");
  expect([url.protocol, url.host, url.pathname]).toEqual([
    "redis:",
    `${name}-master.${namespace}.svc:6379`,
    "/0",
  ]);
  expect(only(objects, "RedisReplication", "spec.kubernetesConfig.redisSecret")).toEqual({
    name: "redis-credentials",
    key: "password",
  });
  expect(only(objects, "RedisSentinel", "spec.redisSentinelConfig.redisReplicationPassword")).toEqual({
    secretKeyRef: { name: "redis-credentials", key: "password" },
  });
  expect(store.credentials).toMatchObject({
    name: "redis-credentials",
    keys: expect.arrayContaining(["url", "password"]),
  });
});

test("AIaaS' services each have a database of their own, and lose only what has a time to live (002)", async () => {
  const { objects, store } = await recordStore(createRedis);
  const databases = await Promise.all(
    Object.entries(store.connectionStrings).map(async ([key, url]) => [
      key,
      new URL(await resolved(url)).pathname,
    ]),
  );
  expect(Object.fromEntries(databases)).toEqual({
    "api-router-url": "/0",
    "user-organization-url": "/1",
    "analytics-url": "/2",
  });
  const configuration = only(objects, "ConfigMap", "data");
  expect(configuration).toMatchObject({
    "redis-additional.conf": expect.stringContaining("maxmemory-policy volatile-lru\n"),
  });
  expect(configuration).toMatchObject({
    "redis-additional.conf": expect.stringContaining("appendonly yes\n"),
  });
});

test("a changed configuration rolls the pods", async () => {
  const { objects } = await recordStore(createCache);
  expect(only(objects, "RedisReplication", "metadata.annotations")).toMatchObject({
    "ai-platform/configuration": expect.stringContaining("save 3600 1"),
  });
});

test("no container, the one that writes the configuration included, may more than the restricted standard allows", async () => {
  const { objects } = await recordStore(createCache);
  for (const kind of ["RedisReplication", "RedisSentinel"]) {
    expect(only(objects, kind, "spec")).toMatchObject({
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      securityContext: restrictedContainer,
      initContainer: { enabled: false, securityContext: restrictedContainer },
      redisExporter: { securityContext: restrictedContainer },
    });
  }
});

test("drains take one member after the other, by the labels that the operator gives them", async () => {
  const { objects } = await recordStore(createCache);
  expect(ofKind(objects, "PodDisruptionBudget")).toMatchObject([
    {
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: "redis", role: "replication" } } },
    },
    {
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: "redis-sentinel", role: "sentinel" } } },
    },
  ]);
});

test("a laptop has one of each, which no budget keeps from being drained", async () => {
  const { objects } = await recordStore(createCache, laptop);
  expect(only(objects, "RedisReplication", "spec.clusterSize")).toBe(1);
  expect(only(objects, "RedisSentinel", "spec")).toMatchObject({
    clusterSize: 1,
    redisSentinelConfig: { quorum: "1" },
  });
  expect(ofKind(objects, "PodDisruptionBudget")).toEqual([]);
});

test("the operator and the Sentinels reach every Redis", async () => {
  const { site, store } = await recordStore(createCache);
  const redis = store.endpoints.master.pods;
  const sentinels = store.endpoints.sentinel.pods;
  expect(site.network.edges).toEqual(
    expect.arrayContaining([
      { from: redis, to: redis, ports: [6379] },
      { from: sentinels, to: redis, ports: [6379] },
      { from: sentinels, to: sentinels, ports: [26379] },
      { from: redisOperator, to: redis, ports: [6379] },
      { from: redisOperator, to: sentinels, ports: [26379] },
    ]),
  );
});
