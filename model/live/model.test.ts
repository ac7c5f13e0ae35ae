import { systems } from "../../apps/registry";
import type { ApiReader } from "./list";
import { modelOfClusters } from "./model";

/** An API server of these answers, by path; 404 for every other. A list of more than two objects comes in pieces. */
class FakeApi implements ApiReader {
  readonly asked: string[] = [];

  constructor(private readonly answers: Readonly<Record<string, object | Error>>) {}

  async get(path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    this.asked.push(path);
    const answer = this.answers[path];
    if (answer === undefined) {
      throw refusal(404, "not found");
    }
    if (answer instanceof Error) {
      throw answer;
    }
    if (!Array.isArray(answer)) {
      return answer;
    }
    const from = Number(query.continue ?? 0);
    const rest = answer.length > from + 2 ? { continue: String(from + 2) } : {};
    return { metadata: rest, items: answer.slice(from, from + 2) };
  }
}

function refusal(status: number, message: string): Error {
  return Object.assign(new Error(message), { status });
}

const resource = (name: string, kind: string, verbs = ["get", "list"]) => ({ name, kind, verbs });

const object = (name: string, namespace?: string, rest: object = {}) => ({
  metadata: { name, namespace },
  ...rest,
});

const podSpec = { containers: [{ name: "main", image: "registry.example/main:1" }] };

const ownedBy = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });

const core = {
  "/apis": { groups: [] },
  "/api/v1": {
    resources: [
      resource("pods", "Pod"),
      resource("pods/log", "Pod"),
      resource("secrets", "Secret"),
      resource("bindings", "Binding", ["create"]),
      resource("events", "Event"),
    ],
  },
  "/api/v1/pods": [],
  "/api/v1/secrets": [],
};

async function modelOf(answers: Readonly<Record<string, object | Error>>) {
  const api = new FakeApi({ ...core, ...answers });
  const { model, unread } = await modelOfClusters("prod", { aws: api }, systems);
  return { model, unread, asked: api.asked };
}

const names = (objects: readonly { readonly kind: string; readonly name: string }[]) =>
  objects.map(({ kind, name }) => `${kind} ${name}`);

test("every object is read, on however many pages it is", async () => {
  const pods = ["a", "b", "c", "d", "e"].map((name) => object(name, "ingress", { spec: podSpec }));
  const { model, unread } = await modelOf({ "/api/v1/pods": pods });
  expect(names(model.objects)).toEqual(["Pod a", "Pod b", "Pod c", "Pod d", "Pod e"]);
  expect(unread).toEqual([]);
});

test("an object has its facts, its cluster, the system of its namespace, and the whole of what the server has", async () => {
  const { model } = await modelOf({
    "/api/v1/pods": [object("engine", "atlas-ai-production", { spec: podSpec })],
  });
  expect(model.workloads).toEqual([
    {
      kind: "Pod",
      name: "engine",
      namespace: "atlas-ai-production",
      pod: { containers: [{ name: "main", image: "registry.example/main:1" }] },
      cluster: "aws",
      system: "atlas",
      origin: { by: "cluster" },
      manifest: {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "engine", namespace: "atlas-ai-production" },
        spec: podSpec,
      },
    },
  ]);
});

test("custom kinds of the whole cluster are in no namespace, whatever they are called", async () => {
  const { model } = await modelOf({
    "/apis": { groups: [{ preferredVersion: { groupVersion: "acme.example/v1" }, versions: [] }] },
    "/apis/acme.example/v1": { resources: [resource("fleets", "Fleet")] },
    "/apis/acme.example/v1/fleets": [object("all")],
  });
  expect(model.of("Fleet")).toMatchObject([{ name: "all", system: "platform" }]);
  expect(model.of("Fleet")[0]?.namespace).toBeUndefined();
});

test("a kind is read once, in the version that its group prefers, and in another where only that serves it", async () => {
  const { model, asked } = await modelOf({
    "/apis": {
      groups: [
        {
          preferredVersion: { groupVersion: "acme.example/v1" },
          versions: [{ groupVersion: "acme.example/v1beta1" }, { groupVersion: "acme.example/v1" }],
        },
      ],
    },
    "/apis/acme.example/v1": { resources: [resource("cars", "Car")] },
    "/apis/acme.example/v1beta1": { resources: [resource("cars", "Car"), resource("carts", "Cart")] },
    "/apis/acme.example/v1/cars": [object("one", "ingress")],
    "/apis/acme.example/v1beta1/carts": [object("two", "ingress")],
  });
  expect(model.objects.map(({ manifest, name }) => [manifest?.apiVersion, name])).toEqual([
    ["acme.example/v1", "one"],
    ["acme.example/v1beta1", "two"],
  ]);
  expect(asked).not.toContain("/apis/acme.example/v1beta1/cars");
});

test("what a workload makes by itself is told by the workload; what an operator makes stays", async () => {
  const made = (name: string, kind: string, owner: string) => ({
    metadata: { name, namespace: "ingress", ...ownedBy(kind, owner) },
    spec: podSpec,
  });
  const { model } = await modelOf({
    "/api/v1/pods": [
      made("web-0", "StatefulSet", "web"),
      made("api-5d8-x7", "ReplicaSet", "api-5d8"),
      made("postgres-1", "Cluster", "postgres"),
    ],
  });
  expect(names(model.objects)).toEqual(["Pod postgres-1"]);
  expect(model.objects[0]?.owner).toBe("Cluster/postgres");
});

test("what has ended or is being deleted does not stand", async () => {
  const { model } = await modelOf({
    "/api/v1/pods": [
      object("done", "ingress", { spec: podSpec, status: { phase: "Succeeded" } }),
      object("failed", "ingress", { spec: podSpec, status: { phase: "Failed" } }),
      {
        metadata: { name: "going", namespace: "ingress", deletionTimestamp: "2026-11-30T00:00:00Z" },
        spec: podSpec,
      },
      object("waits", "ingress", { spec: podSpec, status: { phase: "Pending" } }),
    ],
  });
  expect(names(model.objects)).toEqual(["Pod waits"]);
});

test("of Secrets the keys and the addresses stay, and no text; Helm's records are none of the cluster's objects", async () => {
  const encoded = Buffer.from("postgres://app:hunter2@database.ingress.svc:5432").toString("base64");
  const { model } = await modelOf({
    "/api/v1/secrets": [
      {
        metadata: {
          name: "login",
          namespace: "ingress",
          annotations: { "kubectl.kubernetes.io/last-applied-configuration": "hunter2", kept: "yes" },
        },
        type: "Opaque",
        data: { url: encoded },
      },
      object("sh.helm.release.v1.argocd.v1", "argocd", { type: "helm.sh/release.v1", data: { release: "" } }),
    ],
  });
  expect(model.objects).toMatchObject([
    { name: "login", keys: ["url"], urls: ["database.ingress.svc:5432"], type: "Opaque" },
  ]);
  expect(model.objects[0]?.manifest).toMatchObject({
    metadata: { annotations: { kept: "yes" } },
    data: { url: "" },
  });
  expect(JSON.stringify(model.objects)).not.toMatch(new RegExp(`hunter2|${encoded}`));
});

test("what the server does not tell is named, with its words; all else is read", async () => {
  const { model, unread, asked } = await modelOf({
    "/apis": {
      groups: ["away.example/v1", "custom.metrics.k8s.io/v1beta1"].map((groupVersion) => ({
        preferredVersion: { groupVersion },
        versions: [],
      })),
    },
    "/apis/away.example/v1": refusal(503, "the server is currently unable to handle the request"),
    "/apis/custom.metrics.k8s.io/v1beta1": { resources: [resource("pods_busy", "MetricValueList")] },
    "/api/v1/secrets": refusal(403, "secrets is forbidden"),
    "/api/v1/pods": [object("web", "ingress", { spec: podSpec })],
  });
  expect(names(model.objects)).toEqual(["Pod web"]);
  expect(unread).toEqual([
    {
      cluster: "aws",
      path: "/apis/away.example/v1",
      reason: "the server is currently unable to handle the request",
    },
    { cluster: "aws", path: "/api/v1/secrets", reason: "secrets is forbidden" },
  ]);
  expect(asked).not.toContain("/apis/custom.metrics.k8s.io/v1beta1/pods_busy");
});

test("a kind that goes while the cluster is read has no objects, and is no fault", async () => {
  const { "/api/v1/pods": _, ...answers } = core;
  const { model, unread } = await modelOfClusters("prod", { aws: new FakeApi(answers) }, systems);
  expect([model.objects, unread]).toEqual([[], []]);
});

test("a server that does not answer is an error, for its cluster is not empty", async () => {
  const api = new FakeApi({ ...core, "/api/v1/pods": new Error("connection refused") });
  await expect(modelOfClusters("prod", { aws: api }, systems)).rejects.toThrow("connection refused");
});
