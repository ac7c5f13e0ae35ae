import { recordServices } from "../../test/support/recorded/services";
import type { Site } from "../kit/site";
import { apiServer, everybody, pods } from "../network/edge";
import { Mesh } from "./mesh";

const namespace = "atlas-ai-production";
const engine = pods(namespace, "ai-engine", { app: "ai-engine" });

function build(site: Site): void {
  new Mesh("mesh", { site });
  site.network.allow(pods("ingress", "nginx", { app: "nginx" }), engine, 8080);
  site.network.allow(everybody, engine, 9000);
  site.network.allow(apiServer, pods("cert-manager", "webhook", { app: "webhook" }), 10250);
}

test("the node's proxy and its set-up come as ambient, with as few rights as that takes", async () => {
  const { find } = await recordServices(build);
  expect(find("Release", "istiod").values).toMatchObject({ profile: "ambient", replicaCount: 2 });
  expect(find("Release", "istio-cni").values).toMatchObject({ ambient: { enabled: true } });
  expect(find("Release", "ztunnel").values).toMatchObject({
    image: expect.stringMatching(/\/ztunnel:1\.\d+\.\d+-distroless$/),
  });
});

test("the systems' namespaces and those that call them are in the mesh; what the mesh cannot carry is not", async () => {
  const { ofKind } = await recordServices(build);
  const inMesh = ofKind("Namespace")
    .filter(({ inputs }) => JSON.stringify(inputs).includes('"istio.io/dataplane-mode":"ambient"'))
    .map(({ name }) => name)
    .sort();
  expect(inMesh).toEqual([
    namespace,
    "atlas-logging",
    "atlas-monitoring",
    "data-operators",
    "ingress",
    "platform-system",
  ]);
});

test("kubelets' probes are let in where the mesh gives them another address", async () => {
  const { ofKind } = await recordServices(build);
  const policies = ofKind("NetworkPolicy").filter(({ name }) => name === "allow-probes");
  expect(policies.map((policy) => policy.namespace)).toContain(namespace);
  expect(policies.map((policy) => policy.namespace)).not.toContain("cert-manager");
  expect(policies[0]?.inputs.spec).toMatchObject({
    podSelector: {},
    ingress: [{ from: [{ ipBlock: { cidr: "169.254.7.127/32" } }] }],
  });
});

test("a system's pods take no call in clear, but on ports that are declared for callers outside the mesh", async () => {
  const { ofKind } = await recordServices(build);
  const inNamespace = ofKind("PeerAuthentication").filter((each) => each.namespace === namespace);
  expect(inNamespace.map(({ inputs }) => inputs.spec)).toEqual([
    { mtls: { mode: "STRICT" } },
    {
      selector: { matchLabels: { app: "ai-engine" } },
      mtls: { mode: "STRICT" },
      portLevelMtls: { "9000": { mode: "PERMISSIVE" } },
    },
  ]);
});

test("only declared ports are called, and by declared namespaces", async () => {
  const { ofKind, find } = await recordServices(build);
  expect(ofKind("AuthorizationPolicy").map((each) => each.namespace)).toEqual([namespace]);
  expect(find("AuthorizationPolicy", "ai-engine").spec).toEqual({
    selector: { matchLabels: { app: "ai-engine" } },
    action: "ALLOW",
    rules: [
      { to: [{ operation: { ports: ["9000"] } }] },
      { from: [{ source: { namespaces: ["ingress"] } }], to: [{ operation: { ports: ["8080"] } }] },
    ],
  });
});

test("without the mesh nothing of it is anywhere", async () => {
  const { ofKind } = await recordServices((site) => site.network.allow(everybody, engine, 9000), {
    stack: { platform: { without: ["mesh"] } },
  });
  expect([...ofKind("PeerAuthentication"), ...ofKind("AuthorizationPolicy")]).toEqual([]);
  expect(ofKind("NetworkPolicy").filter(({ name }) => name === "allow-probes")).toEqual([]);
  expect(JSON.stringify(ofKind("Namespace"))).not.toContain("istio.io");
});
