import type { ClusterAddresses } from "../cluster/cluster";
import { compile } from "./compile";
import { apiServer, cloudServices, type Edge, everybody, internet, pods } from "./edge";

const addresses: ClusterAddresses = {
  apiServer: { targets: ["10.0.0.0/28"], ports: [443], sources: ["10.0.0.0/28"] },
  nodes: ["10.1.0.0/16"],
  cloudServices: ["10.0.1.0/24"],
  credentialsAgent: { address: "169.254.170.23/32", port: 80 },
};

const api = pods("apps", "api", { app: "api" });
const worker = pods("apps", "worker", { app: "worker" });
const store = pods("data", "store", { app: "store" });
const prometheus = pods("monitoring", "prometheus", { app: "prometheus" });

function policies(edges: readonly Edge[], { mesh = false, foreign = [] as readonly string[] } = {}) {
  const compiled = compile(edges, { addresses, mesh, owns: (namespace) => !foreign.includes(namespace) });
  return Object.fromEntries(compiled.map((policy) => [`${policy.namespace}/${policy.name}`, policy]));
}

const inData = { matchLabels: { "kubernetes.io/metadata.name": "data" } };
const inApps = { matchLabels: { "kubernetes.io/metadata.name": "apps" } };

test("an edge opens exactly its port, at both of its ends", () => {
  const compiled = policies([{ from: api, to: store, ports: [5432] }]);
  expect(Object.keys(compiled)).toEqual(["apps/api", "data/store"]);
  expect(compiled["apps/api"]?.spec).toEqual({
    podSelector: { matchLabels: { app: "api" } },
    policyTypes: ["Ingress", "Egress"],
    ingress: [],
    egress: [
      {
        to: [{ namespaceSelector: inData, podSelector: { matchLabels: { app: "store" } } }],
        ports: [{ protocol: "TCP", port: 5432 }],
      },
    ],
  });
  expect(compiled["data/store"]?.spec).toEqual({
    podSelector: { matchLabels: { app: "store" } },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: [{ namespaceSelector: inApps, podSelector: { matchLabels: { app: "api" } } }],
        ports: [{ protocol: "TCP", port: 5432 }],
      },
    ],
    egress: [],
  });
});

test("what no edge names is in no policy: it stays denied", () => {
  const compiled = policies([{ from: api, to: store, ports: [5432] }]);
  expect(JSON.stringify(compiled)).not.toContain("worker");
});

test("pods of one namespace are named without it", () => {
  const { "apps/worker": policy } = policies([{ from: api, to: worker, ports: [80] }]);
  expect(policy?.spec.ingress).toMatchObject([{ from: [{ podSelector: { matchLabels: { app: "api" } } }] }]);
});

test("all edges of a workload become one policy, and edges to one party one rule", () => {
  const compiled = policies([
    { from: api, to: store, ports: [5432] },
    { from: worker, to: store, ports: [5432] },
    { from: api, to: store, ports: [9187, 5432] },
  ]);
  expect(compiled["data/store"]?.spec.ingress).toHaveLength(2);
  expect(compiled["apps/api"]?.spec.egress).toMatchObject([
    {
      ports: [
        { protocol: "TCP", port: 5432 },
        { protocol: "TCP", port: 9187 },
      ],
    },
  ]);
});

test("the internet is every public address, and the hosts are told", () => {
  const { "apps/api": policy } = policies([{ from: api, to: internet("api.openai.com"), ports: [443] }]);
  expect(policy?.hosts).toEqual(["api.openai.com:443"]);
  expect(policy?.spec.egress).toMatchObject([
    { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: expect.arrayContaining(["10.0.0.0/8"]) } }] },
  ]);
});

test("the API server is reached at its own ports, and calls back from where it is", () => {
  const { "apps/api": policy } = policies([
    { from: api, to: apiServer, ports: [] },
    { from: apiServer, to: api, ports: [9443] },
  ]);
  expect(policy?.spec.egress).toEqual([
    { to: [{ ipBlock: { cidr: "10.0.0.0/28" } }], ports: [{ protocol: "TCP", port: 443 }] },
  ]);
  expect(policy?.spec.ingress).toEqual([
    { from: [{ ipBlock: { cidr: "10.0.0.0/28" } }], ports: [{ protocol: "TCP", port: 9443 }] },
  ]);
});

test("whoever calls the cloud may also ask for its credentials", () => {
  const { "apps/api": policy } = policies([{ from: api, to: cloudServices("s3"), ports: [443] }]);
  expect(policy?.spec.egress).toHaveLength(2);
  expect(policy?.spec.egress).toContainEqual({
    to: [{ ipBlock: { cidr: "169.254.170.23/32" } }],
    ports: [{ protocol: "TCP", port: 80 }],
  });
});

test("visitors come from anywhere", () => {
  const { "apps/api": policy } = policies([{ from: everybody, to: api, ports: [443] }]);
  expect(policy?.spec.ingress).toMatchObject([{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }]);
});

test("under the mesh pods are also let into each other's tunnel, but nobody else is", () => {
  const { "apps/api": policy } = policies(
    [
      { from: prometheus, to: api, ports: [9090] },
      { from: api, to: internet("example.com"), ports: [443] },
    ],
    { mesh: true },
  );
  expect(policy?.spec.ingress).toMatchObject([{ ports: [{ port: 9090 }, { port: 15008 }] }]);
  expect(policy?.spec.egress).toMatchObject([{ ports: [{ port: 443 }] }]);
});

test("an end in another stack's namespace is that stack's to open (D3)", () => {
  const compiled = policies([{ from: prometheus, to: api, ports: [9090] }], { foreign: ["monitoring"] });
  expect(Object.keys(compiled)).toEqual(["apps/api"]);
});

test("an edge without ports is for every port, with the mesh and without", () => {
  for (const mesh of [true, false]) {
    const { "apps/api": policy } = policies(
      [{ from: api, to: { kind: "all-pods", namespace: "guests" }, ports: [] }],
      { mesh, foreign: ["guests"] },
    );
    expect(policy?.spec.egress).toEqual([
      {
        to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "guests" } } }],
        ports: [],
      },
    ]);
  }
});

test("one name for two workloads is refused", () => {
  const impostor = pods("apps", "api", { app: "other" });
  expect(() =>
    policies([
      { from: api, to: store, ports: [1] },
      { from: impostor, to: store, ports: [1] },
    ]),
  ).toThrow("two workloads are called api in the namespace apps");
});
