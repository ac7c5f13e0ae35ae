import type { CustomResource } from "../../model/operators/operator";
import { resourceOf } from "../../test/support/operators/made";
import { Sample } from "./sample";
import { sourcesOf } from "./sources";

const redisCluster = resourceOf({
  apiVersion: "redis.redis.opstreelabs.in/v1beta2",
  kind: "RedisCluster",
  spec: {
    clusterSize: 3,
    kubernetesConfig: { image: "valkey:8" },
    redisExporter: { enabled: false, image: "exporter:1" },
  },
});

const postgresql = resourceOf({
  apiVersion: "postgresql.cnpg.io/v1",
  kind: "Cluster",
  spec: {
    instances: 2,
    plugins: [{ name: "barman-cloud.cloudnative-pg.io", parameters: { barmanObjectName: "backups" } }],
  },
});

const store: CustomResource = {
  ...resourceOf({ apiVersion: "barmancloud.cnpg.io/v1", kind: "ObjectStore", spec: {} }),
  metadata: { name: "backups", namespace: postgresql.metadata.namespace },
};

const sourcesIn = (resource: CustomResource, ...others: readonly CustomResource[]) =>
  sourcesOf(new Sample(resource, [resource, ...others]));

test("each kind of pods is told by itself, once however many there are", () => {
  const containers = sourcesIn(redisCluster).map((source) => source.containers?.[0]?.name);
  expect(containers).toEqual(["{name}-leader", "{name}-follower"]);
  expect(sourcesIn(postgresql, store)).toHaveLength(1);
});

test("fields are found wherever they lie, also in what the resource does not say", () => {
  const [leader] = sourcesIn(redisCluster);
  expect(leader?.pod).toMatchObject({
    affinity: ["spec.redisLeader.affinity"],
    priorityClassName: ["spec.priorityClassName"],
    securityContext: ["spec.podSecurityContext"],
  });
  expect(leader?.listed).toEqual({
    list: "spec.sidecars",
    complete: ["image", "resources", "securityContext"],
  });
});

test("of several places the one that is heeded first is first", () => {
  const [leader] = sourcesIn(redisCluster);
  expect(leader?.containers?.[0]?.fields.resources).toEqual([
    "spec.redisLeader.resources",
    "spec.kubernetesConfig.resources",
  ]);
});

test("a container that is switched on is told with its switch, and one that prepares the pod as such", () => {
  const [leader] = sourcesIn(redisCluster);
  const named = (name: string) => leader?.containers?.find((one) => one.name === name);
  expect(named("redis-exporter")?.enabledBy).toBe("spec.redisExporter.enabled");
  expect(named("init{name}-leader")).toMatchObject({ init: true, enabledBy: "spec.initContainer.enabled" });
  expect(named("{name}-leader")?.enabledBy).toBeUndefined();
});

test("what the operator fills in by itself is not complete", () => {
  const [servers] = sourcesIn(postgresql, store);
  const server = servers?.containers?.find(({ name }) => name === "postgres");
  expect(server?.fields.securityContext).toEqual(["spec.securityContext"]);
  expect(server?.complete).toEqual(["resources"]);
});

test("what another resource's operator reads is told of the resource that says it", () => {
  expect(sourcesIn(store, postgresql)).toEqual([
    {
      containers: [
        {
          name: "plugin-barman-cloud",
          fields: {
            env: ["spec.instanceSidecarConfiguration.env"],
            resources: ["spec.instanceSidecarConfiguration.resources"],
          },
          complete: ["resources"],
        },
      ],
    },
  ]);
});

test("templates are told as a whole, those in lists with the list", () => {
  const pooler = resourceOf({
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Pooler",
    spec: { cluster: { name: "db" }, template: { spec: { containers: [{ name: "pgbouncer" }] } } },
  });
  expect(sourcesIn(pooler)).toEqual([
    {
      template: "spec.template",
      containers: [{ name: "pgbouncer", fields: { image: ["spec.pgbouncer.image"] } }],
    },
  ]);
  const search = resourceOf({
    apiVersion: "elasticsearch.k8s.elastic.co/v1",
    kind: "Elasticsearch",
    spec: { version: "9.5.0", nodeSets: [{ name: "default", count: 1 }] },
  });
  expect(sourcesIn(search)).toContainEqual({
    templates: { list: "spec.nodeSets", template: "podTemplate" },
  });
});
