import { madeOf, namesOf, resourceOf } from "../../../test/support/operators/made";

const elasticsearch = (...nodeSets: readonly Readonly<Record<string, unknown>>[]) =>
  resourceOf({
    apiVersion: "elasticsearch.k8s.elastic.co/v1",
    kind: "Elasticsearch",
    spec: { version: "9.5.0", nodeSets },
  });

const minAvailable = (...sets: readonly Readonly<Record<string, unknown>>[]) =>
  madeOf(elasticsearch(...sets)).find(({ kind }) => kind === "PodDisruptionBudget")?.minAvailable;

test("one node of a green cluster may go, unless it is alone in what it does", () => {
  expect(minAvailable({ name: "a", count: 3 })).toBe(2);
  expect(minAvailable({ name: "a", count: 1 })).toBe(0);
  const master = { name: "a", count: 1, config: { "node.roles": ["master"] } };
  const data = { name: "b", count: 3, config: { "node.roles": ["data", "ingest"] } };
  expect(minAvailable(master, data)).toBe(4);
});

test("nodes have labels of their roles, of data also those of each tier", () => {
  const made = madeOf(elasticsearch({ name: "a", count: 2, config: { "node.roles": ["data"] } }));
  expect(made[0]?.pod?.labels).toMatchObject({
    "elasticsearch.k8s.elastic.co/node-data_hot": "true",
    "elasticsearch.k8s.elastic.co/node-master": "false",
  });
});

test("what is not said is ECK's own: memory, claims, and nodes apart where they can be", () => {
  const [set] = madeOf(elasticsearch({ name: "a", count: 2 }));
  expect(set?.pod?.containers.at(-1)?.resources).toEqual({
    requests: { memory: "2Gi" },
    limits: { memory: "2Gi" },
  });
  expect(set?.claims).toMatchObject([{ name: "elasticsearch-data", size: "1Gi" }]);
  expect(set?.pod?.antiAffinity).toMatchObject([{ required: false, topologyKey: "kubernetes.io/hostname" }]);
});

test("the user of Elasticsearch itself has a Secret unless it is off", () => {
  expect(namesOf(madeOf(elasticsearch({ name: "a" })))).toContain("Secret/it-es-elastic-user");
});
