import { namespaceWith, type Piece, policy, service, workload } from "../../test/support/network-piece";
import { faultsOf, https, interfaces } from "../../test/support/proofs/networks";

describe("the mesh", () => {
  const client = { app: "client" };
  const store = { app: "store" };
  const tunnel = { protocol: "TCP", port: 15008 };
  const authorization = (ports: readonly string[], from = "shop") => ({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "store", namespace: "data" },
    spec: {
      selector: { matchLabels: store },
      action: "ALLOW",
      rules: [{ from: [{ source: { namespaces: [from] } }], to: [{ operation: { ports } }] }],
    },
  });
  const strict = {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "default", namespace: "data" },
    spec: { mtls: { mode: "STRICT" } },
  };
  const inNamespace = (name: string, matchLabels: Readonly<Record<string, string>>) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    podSelector: { matchLabels },
  });
  const pieceWith = ({
    ports = [{ protocol: "TCP", port: 5432 }, tunnel],
    guard = authorization(["5432"]),
    member = true,
    system = "shop",
    told = true,
  } = {}): Piece => ({
    cluster: "linode",
    systems: { shop: "shop", data: system },
    objects: [
      ...namespaceWith("shop", { mesh: member }),
      ...namespaceWith("data", { mesh: true }),
      workload("shop", "client", client, {
        container: told ? { env: [{ name: "URL", value: "postgresql://store.data.svc:5432/x" }] } : {},
      }),
      workload("data", "store", store, {
        container: {
          ports: [{ name: "db", containerPort: 5432 }],
          readinessProbe: { tcpSocket: { port: 5432 } },
        },
      }),
      service("data", "store", store, { name: "db", port: 5432, targetPort: "db" }),
      policy("shop", "client", client, { egress: [{ to: [inNamespace("data", store)], ports }] }),
      policy("data", "store", store, { ingress: [{ from: [inNamespace("shop", client)], ports }] }),
      guard,
      strict,
    ],
  });

  test("members call each other through the tunnel, on ports that the mesh authorises", () => {
    expect(faultsOf(pieceWith())).toEqual([]);
  });

  test.each([
    ["no tunnel", { ports: [{ protocol: "TCP", port: 5432 }] }, "tunnel", 2],
    ["another port authorised", { guard: authorization(["5433"]) }, "AuthorizationPolicy store", 1],
    [
      "another namespace authorised",
      { guard: authorization(["5432"], "other") },
      "AuthorizationPolicy store",
      1,
    ],
    ["a caller outside the mesh", { member: false }, "PeerAuthentication wants a certificate", 1],
  ])("%s: refused", (_how, change, found, count) => {
    const faults = faultsOf(pieceWith(change));
    expect(faults).toHaveLength(count);
    for (const fault of faults) expect(fault).toContain(found);
  });

  test("what another system may call, and nothing says that it does, is too much", () => {
    expect(faultsOf(pieceWith({ system: "bank" }))).toEqual([]);
    expect(faultsOf(pieceWith({ system: "bank", told: false }))).toEqual([
      expect.stringContaining("Deployment shop/client can call Deployment data/store port 5432"),
    ]);
  });

  test("probes come from an address of their own", () => {
    const piece = pieceWith();
    const without = piece.objects.filter((object) => !JSON.stringify(object).includes("allow-probes"));
    expect(faultsOf({ ...piece, objects: without })).toEqual([expect.stringContaining("the kubelet")]);
  });
});

describe("what else has to be possible", () => {
  const hook = { app: "webhook" };
  const webhookPiece = (cluster: Piece["cluster"], from: readonly object[]): Piece => ({
    cluster,
    objects: [
      ...namespaceWith("guard"),
      workload("guard", "webhook", hook, { container: { ports: [{ name: "https", containerPort: 9443 }] } }),
      service("guard", "webhook", hook, { port: 443, targetPort: "https" }),
      policy("guard", "webhook", hook, { ingress: [{ from, ports: [{ protocol: "TCP", port: 9443 }] }] }),
      {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingWebhookConfiguration",
        metadata: { name: "guard" },
        webhooks: [{ name: "guard.io", clientConfig: { service: { name: "webhook", namespace: "guard" } } }],
      },
    ],
  });

  test("the API server reaches webhooks: on EKS from its interfaces, on LKE from anywhere", () => {
    const nodes = { ipBlock: { cidr: "192.168.128.0/17" } };
    const anywhere = { ipBlock: { cidr: "0.0.0.0/0" } };
    expect(faultsOf(webhookPiece("aws", [interfaces]))).toEqual([]);
    expect(faultsOf(webhookPiece("aws", [nodes]))).toEqual([expect.stringContaining("asks guard.io")]);
    expect(faultsOf(webhookPiece("linode", [nodes]))).toEqual([expect.stringContaining("asks guard.io")]);
    expect(faultsOf(webhookPiece("linode", [anywhere]))).toEqual([]);
  });

  test("every service of a system sends its spans, where there is a collector", () => {
    const collector = { "app.kubernetes.io/name": "opentelemetry-collector" };
    const piece: Piece = {
      cluster: "local",
      systems: { shop: "shop" },
      objects: [
        ...namespaceWith("shop"),
        ...namespaceWith("monitoring"),
        workload("shop", "api", { app: "api" }),
        workload("monitoring", "otel-collector", collector),
        service("monitoring", "otel-collector", collector, { port: 4317, targetPort: 4317 }),
      ],
    };
    const faults = faultsOf(piece).filter((fault) => fault.includes("sends its spans"));
    expect(faults).toEqual([
      expect.stringMatching(/^local: Deployment shop\/api/),
      expect.stringMatching(/^local: Deployment monitoring\/otel-collector/),
    ]);
  });

  test("a pod with a role of AWS asks the agent for its credentials, and calls AWS", () => {
    const piece = (egress: readonly object[]): Piece => ({
      cluster: "aws",
      roles: ["shop/uploader"],
      objects: [
        ...namespaceWith("shop"),
        workload(
          "shop",
          "uploader",
          { app: "uploader" },
          {
            pod: { serviceAccountName: "uploader", automountServiceAccountToken: false },
          },
        ),
        policy("shop", "uploader", { app: "uploader" }, { egress }),
      ],
    });
    const agent = {
      to: [{ ipBlock: { cidr: "169.254.170.23/32" } }],
      ports: [{ protocol: "TCP", port: 80 }],
    };
    const aws = { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }], ports: https };
    expect(faultsOf(piece([agent, aws]))).toEqual([]);
    expect(faultsOf(piece([aws]))).toEqual([expect.stringContaining("the agent of Pod Identity")]);
    expect(faultsOf(piece([agent]))).toEqual([expect.stringContaining("AWS port 443")]);
  });

  test("the nodes' metadata are out of reach", () => {
    const piece = (egress: readonly object[]): Piece => ({
      cluster: "aws",
      objects: [
        ...namespaceWith("shop"),
        workload("shop", "api", { app: "api" }),
        policy("shop", "api", { app: "api" }, { egress }),
      ],
    });
    const everywhere = { ipBlock: { cidr: "0.0.0.0/0" } };
    const ports = [{ protocol: "TCP", port: 80 }];
    expect(faultsOf(piece([{ to: [everywhere], ports }]))).toEqual([
      expect.stringContaining("169.254.169.254"),
    ]);
    const except = { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } };
    expect(faultsOf(piece([{ to: [except], ports }]))).toEqual([]);
  });

  test("a policy that is not understood is an error, and no verdict", () => {
    const piece: Piece = {
      cluster: "aws",
      objects: [policy("shop", "odd", {}, { ingress: [{ from: [{ fqdn: "example.com" }] }] })],
    };
    expect(() => faultsOf(piece)).toThrow("fqdn");
  });
});
