import { operators } from "../../model/operators";
import type { CustomResource } from "../../model/operators/operator";
import { pathOf, type StoodInKind } from "../../sandbox/stood-in";
import { type StandIn, standInsFor } from "../stood-in/objects";
import { planStandIns } from "./stand-in-plan";
import type { Standing } from "./standing";

const around = { resources: () => [] };

/** What is wanted in the place of what a custom resource's operator makes, of the kinds that matter here. */
function wantedFor(apiVersion: string, kind: string, spec: CustomResource["spec"]): readonly StandIn[] {
  const resource = { apiVersion, kind, metadata: { name: "store", namespace: "shop" }, spec };
  const facts = operators.get(`${apiVersion.split("/")[0]}/${kind}`)?.(resource, around) ?? [];
  const kinds = ["StatefulSet", "Pod", "PersistentVolumeClaim"];
  const owner = { kind, name: "store", uid: "u", controller: true };
  return standInsFor(
    facts.filter((one) => kinds.includes(one.kind)),
    "operator",
    owner,
  );
}

const redis = wantedFor("redis.redis.opstreelabs.in/v1beta2", "RedisCluster", {
  clusterSize: 3,
  kubernetesConfig: { image: "valkey:8" },
});

const postgres = (image = "postgres:17") =>
  wantedFor("postgresql.cnpg.io/v1", "Cluster", {
    instances: 3,
    imageName: image,
    storage: { size: "1Gi" },
  });

const owner = { kind: "Cluster", name: "store", uid: "u", controller: true };

const ready = { conditions: [{ type: "Ready", status: "True" }] };

/** Stand-ins as the API server has them once they serve, but for what is said otherwise. */
function standing(
  made: readonly StandIn[],
  otherwise: Readonly<Record<string, Partial<Standing>>> = {},
): ReadonlyMap<string, Standing> {
  return new Map(
    made.map(({ path, manifest: { metadata, kind } }): [string, Standing] => [
      `${path}/${metadata.name}`,
      {
        kind: kindOf(kind),
        metadata: { ...metadata, ownerReferences: [owner] },
        ...(kind === "StatefulSet" && { spec: { replicas: 3 } }),
        status: { readyReplicas: 3, ...ready },
        ...otherwise[metadata.name],
      },
    ]),
  );
}

function kindOf(kind: string): StoodInKind {
  return kind === "Pod" || kind === "PersistentVolumeClaim" ? kind : "StatefulSet";
}

const named = (made: readonly StandIn[], ...names: readonly string[]) =>
  made.filter(({ manifest }) => names.includes(manifest.metadata.name));

const done = (made: readonly StandIn[], there: ReadonlyMap<string, Standing>) =>
  planStandIns(made, there).map((action) =>
    action.do === "create"
      ? `create ${action.manifest.kind} ${action.manifest.metadata.name}`
      : `${action.do} ${action.place.split("/").slice(-2).join(" ")}`,
  );

test("followers of a Redis cluster come when all its leaders are Ready, and stay when one is not any more", () => {
  const leaders = named(redis, "store-leader");
  const waits = { "store-leader": { status: { readyReplicas: 2 } } };
  expect(done(redis, standing([]))).toEqual(["create StatefulSet store-leader"]);
  expect(done(redis, standing(leaders, waits))).toEqual([]);
  expect(done(redis, standing(leaders))).toEqual(["create StatefulSet store-follower"]);
  expect(done(redis, standing(redis, waits))).toEqual([]);
});

test("instances of PostgreSQL come one after the other, each with its claim first", () => {
  const waits = { "store-1": { status: {} } };
  const first = named(postgres(), "store-1");
  expect(done(postgres(), standing([]))).toEqual(["create PersistentVolumeClaim store-1"]);
  expect(done(postgres(), standing(first.filter(({ manifest }) => manifest.kind !== "Pod")))).toEqual([
    "create Pod store-1",
  ]);
  expect(done(postgres(), standing(first, waits))).toEqual([]);
  expect(done(postgres(), standing(first))).toEqual(["create PersistentVolumeClaim store-2"]);
  expect(done(postgres(), standing(postgres()))).toEqual([]);
});

test("an instance that is lost is made again whatever the others do, and is a replica while another is the primary", () => {
  const all = standing(postgres(), { "store-2": { status: {} } });
  const lost = new Map([...all].filter(([place]) => place !== `${pathOf("Pod", "shop")}/store-1`));
  const [again] = planStandIns(postgres(), lost);
  expect(again).toMatchObject({ do: "create", manifest: { metadata: { labels: { role: "primary" } } } });
  for (const [place, one] of lost) {
    if (place.endsWith("/pods/store-3")) {
      const labels = { ...one.metadata.labels, role: "primary", "cnpg.io/instanceRole": "primary" };
      lost.set(place, { ...one, metadata: { ...one.metadata, labels } });
    }
  }
  expect(planStandIns(postgres(), lost)).toMatchObject([
    {
      do: "create",
      manifest: { metadata: { labels: { role: "replica", "cnpg.io/instanceRole": "replica" } } },
    },
  ]);
});

test("pods that are to be others go one at a time, and only while the others serve", () => {
  const changed = postgres("postgres:18");
  const updated = (...names: readonly string[]) => [
    ...named(changed, ...names),
    ...postgres().filter(({ manifest }) => !names.includes(manifest.metadata.name)),
  ];
  const pods = (there: ReadonlyMap<string, Standing>) =>
    done(changed, there).filter((line) => line.includes(" pods "));
  expect(pods(standing(postgres()))).toEqual(["remove pods store-1"]);
  expect(pods(standing(updated("store-1"), { "store-1": { status: {} } }))).toEqual([]);
  expect(pods(standing(updated("store-1")))).toEqual(["remove pods store-2"]);
  expect(pods(standing(updated("store-1", "store-2", "store-3")))).toEqual([]);
});

test("pods of stood-in workloads are left to the workloads' controllers, whatever their labels", () => {
  const ofSet: Standing = {
    kind: "Pod",
    metadata: {
      name: "store-leader-0",
      namespace: "shop",
      labels: { "sandbox.ai-platform/stood-in": "operator" },
      ownerReferences: [{ kind: "StatefulSet", name: "store-leader", uid: "s", controller: true }],
    },
    status: ready,
  };
  const there = new Map([
    ...standing(redis),
    ["/api/v1/namespaces/shop/pods/store-leader-0", ofSet] as const,
  ]);
  expect(done(redis, there)).toEqual([]);
});

test("what is to be another is changed, and what no custom resource asks for goes", () => {
  const larger = wantedFor("redis.redis.opstreelabs.in/v1beta2", "RedisCluster", {
    clusterSize: 3,
    kubernetesConfig: { image: "valkey:9" },
  });
  expect(done(larger, standing(redis))).toEqual([
    "change statefulsets store-leader",
    "change statefulsets store-follower",
  ]);
  expect(done([], standing(redis))).toEqual([
    "remove statefulsets store-leader",
    "remove statefulsets store-follower",
  ]);
});
