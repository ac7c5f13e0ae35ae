import { authorize } from "./authorize";
import { apiServer, type Edge, everybody, pods } from "./edge";

const engine = pods("atlas", "engine", { app: "engine" });
const cache = pods("atlas", "cache", { app: "cache" });
const prometheus = pods("monitoring", "prometheus", { app: "prometheus" });
const logAgent = pods("node-agents", "fluent-bit", { app: "fluent-bit" });

const authorizationsOf = (edges: readonly Edge[]) =>
  authorize(edges, {
    isMember: (namespace) => namespace !== "node-agents",
    isGuarded: (namespace) => namespace === "atlas",
  });

test("a workload takes calls on declared ports only, from namespaces that prove who they are", () => {
  const authorizations = authorizationsOf([
    { from: prometheus, to: cache, ports: [9121] },
    { from: engine, to: cache, ports: [6379, 26379] },
    { from: prometheus, to: cache, ports: [9121] },
  ]);
  expect(authorizations).toEqual([
    {
      name: "cache",
      namespace: "atlas",
      labels: { app: "cache" },
      rules: [
        { from: "atlas", ports: [6379, 26379] },
        { from: "monitoring", ports: [9121] },
      ],
      plainPorts: [],
    },
  ]);
});

test.each([
  ["the API server", apiServer],
  ["whoever comes through a load balancer", everybody],
  ["pods of the nodes' own agents", logAgent],
  ["every pod of the cluster", { kind: "all-pods" }],
] as const)(
  "%s, having no certificate, is let in on the port that is declared for it, and on no other",
  (_name, from) => {
    const [authorization] = authorizationsOf([
      { from, to: engine, ports: [8443] },
      { from: cache, to: engine, ports: [8080] },
    ]);
    expect(authorization?.rules).toEqual([{ ports: [8443] }, { from: "atlas", ports: [8080] }]);
    expect(authorization?.plainPorts).toEqual([8443]);
  },
);

test("pods that choose their ports as they go may call each other on every one, and others on none of these", () => {
  const [authorization] = authorizationsOf([
    { from: engine, to: engine, ports: [] },
    { from: prometheus, to: engine, ports: [9090] },
    { from: logAgent, to: engine, ports: [] },
  ]);
  expect(authorization?.rules).toEqual([{ from: "atlas" }, { from: "monitoring", ports: [9090] }]);
  expect(authorization?.plainPorts).toEqual([]);
});

test("namespaces that are not guarded are left alone", () => {
  expect(authorizationsOf([{ from: engine, to: prometheus, ports: [9090] }])).toEqual([]);
});

test("UDP does not go through the mesh, and opens nothing in it", () => {
  const [authorization] = authorizationsOf([
    { from: engine, to: cache, ports: [{ port: 514, protocol: "UDP" }] },
  ]);
  expect(authorization).toMatchObject({ rules: [], plainPorts: [] });
});

test("a port cannot be opened to strangers on every pod of a namespace", () => {
  const edge: Edge = { from: apiServer, to: { kind: "all-pods", namespace: "atlas" }, ports: [8443] };
  expect(() => authorizationsOf([edge])).toThrow("name the pods of atlas that listen on 8443");
});
