import {
  accountWithRole,
  evidenceOf,
  namespaceWith,
  type Piece,
  policy,
  service,
  workload,
} from "../../test/support/network-piece";
import { networks } from ".";

/** What the proof says of a piece: its faults, each as object and rule. */
function faultsOf(piece: Piece): readonly string[] {
  const { checks, faults } = networks.check(evidenceOf(piece));
  expect(checks).toBeGreaterThan(0);
  return faults.map(({ object, rule }) => `${object}: ${rule}`);
}

const interfaces = { ipBlock: { cidr: "10.20.240.0/22" } };
const apiServerService = { ipBlock: { cidr: "172.20.0.1/32" } };
const https = [{ protocol: "TCP", port: 443 }];

describe("a pod with a role calls the API server", () => {
  const server = { "app.kubernetes.io/name": "argocd-server" };
  const pieceWith = (targets: readonly object[], more: Partial<Piece> = {}): Piece => ({
    cluster: "aws",
    objects: [
      ...namespaceWith("argocd"),
      ...accountWithRole("argocd", "argocd-server"),
      workload("argocd", "argocd-server", server, { pod: { serviceAccountName: "argocd-server" } }),
      policy("argocd", "argocd-server", server, { ingress: [], egress: [{ to: targets, ports: https }] }),
    ],
    ...more,
  });

  test("on EKS the addresses of its interfaces alone cut it off: its Service's counts", () => {
    expect(faultsOf(pieceWith([interfaces]))).toEqual([
      expect.stringMatching(
        /^aws: Deployment argocd\/argocd-server: .*default\/kubernetes port 443.*argocd-server/,
      ),
    ]);
    expect(faultsOf(pieceWith([apiServerService, interfaces]))).toEqual([]);
  });

  test.each([
    ["another address of the range", [{ ipBlock: { cidr: "172.20.0.2/32" } }]],
    ["the address excepted", [{ ipBlock: { cidr: "172.20.0.0/16", except: ["172.20.0.0/24"] } }]],
    ["the pods of its namespace", [{ podSelector: {} }]],
  ])("%s does not open it", (_how, targets) => {
    expect(faultsOf(pieceWith(targets))).toHaveLength(1);
  });

  test("where policies are judged after translation, the interfaces count", () => {
    expect(faultsOf(pieceWith([interfaces], { enforced: false }))).toEqual([]);
    expect(faultsOf(pieceWith([apiServerService], { enforced: false }))).toHaveLength(1);
  });

  test("in the mesh its node proxy translates before policies judge", () => {
    const meshed = (targets: readonly object[]) => {
      const piece = pieceWith(targets);
      return { ...piece, objects: [...piece.objects.slice(1), ...namespaceWith("argocd", { mesh: true })] };
    };
    expect(faultsOf(meshed([interfaces]))).toEqual([]);
    expect(faultsOf(meshed([apiServerService]))).toHaveLength(1);
  });

  test("a Job of a chart's hook does so like all others", () => {
    const job = (egress: readonly object[]): Piece => ({
      cluster: "linode",
      objects: [
        ...namespaceWith("cert-manager"),
        ...accountWithRole("cert-manager", "startupapicheck"),
        workload(
          "cert-manager",
          "startupapicheck",
          { app: "startupapicheck" },
          {
            kind: "Job",
            pod: { serviceAccountName: "startupapicheck" },
            annotations: { "helm.sh/hook": "post-install" },
          },
        ),
        policy("cert-manager", "startupapicheck", { app: "startupapicheck" }, { egress }),
      ],
    });
    expect(faultsOf(job([]))).toEqual([
      expect.stringContaining("port 443"),
      expect.stringContaining("port 6443"),
    ]);
    const anywhere = [{ ipBlock: { cidr: "0.0.0.0/0" } }];
    expect(faultsOf(job([{ to: anywhere, ports: [...https, { protocol: "TCP", port: 6443 }] }]))).toEqual([]);
  });

  test("without a token it does not", () => {
    const piece = pieceWith([{ podSelector: {} }]);
    const account = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "argocd-server", namespace: "argocd" },
      automountServiceAccountToken: false,
    };
    expect(faultsOf(piece)).toHaveLength(1);
    const without = piece.objects.filter((object) => !JSON.stringify(object).includes('"ServiceAccount","m'));
    expect(faultsOf({ ...piece, objects: [...without, account] })).toEqual([]);
  });
});

describe("a Service's address opens where the policy's labels are all in its selector", () => {
  const pods = {
    "app.kubernetes.io/name": "argocd-redis-ha-haproxy",
    app: "redis-ha-haproxy",
    release: "argocd",
  };
  const selected = { app: "redis-ha-haproxy", release: "argocd" };
  const caller = { app: "caller" };
  const onRedis = [{ protocol: "TCP", port: 6379 }];
  const pieceWith = (
    labels: Readonly<Record<string, string>>,
    { port = onRedis, enforced = true, ingress = true } = {},
  ): Piece => ({
    cluster: "aws",
    enforced,
    objects: [
      ...namespaceWith("argocd"),
      workload("argocd", "caller", caller, {
        container: { env: [{ name: "REDIS", value: "haproxy.argocd.svc:6380" }] },
      }),
      workload("argocd", "haproxy", pods, {
        container: { ports: [{ name: "redis", containerPort: 6379 }] },
      }),
      service("argocd", "haproxy", selected, { name: "tcp", port: 6380, targetPort: "redis" }),
      policy("argocd", "caller", caller, {
        egress: [{ to: [{ podSelector: { matchLabels: labels } }], ports: port }],
      }),
      ...(ingress
        ? [
            policy("argocd", "haproxy", selected, {
              ingress: [{ from: [{ podSelector: { matchLabels: caller } }], ports: onRedis }],
            }),
          ]
        : []),
    ],
  });

  test("a label that the pods have and the Service does not select by opens the pods alone", () => {
    const byName = { "app.kubernetes.io/name": "argocd-redis-ha-haproxy" };
    expect(faultsOf(pieceWith(byName))).toEqual([
      expect.stringContaining("the cluster address of Service argocd/haproxy, port 6380"),
    ]);
    expect(faultsOf(pieceWith(selected))).toEqual([]);
    expect(faultsOf(pieceWith({ app: "redis-ha-haproxy" }))).toEqual([]);
  });

  test("after translation the pods' own labels are enough", () => {
    const byName = { "app.kubernetes.io/name": "argocd-redis-ha-haproxy" };
    expect(faultsOf(pieceWith(byName, { enforced: false }))).toEqual([]);
  });

  test.each([
    ["the Service's port in place of the pods'", { port: [{ protocol: "TCP", port: 6380 }] }],
    ["another protocol", { port: [{ protocol: "UDP", port: 6379 }] }],
  ])("%s opens nothing", (_how, change) => {
    expect(faultsOf(pieceWith(selected, change))).toHaveLength(1);
  });

  test("both ends have to open it", () => {
    expect(faultsOf(pieceWith(selected, { ingress: false }))).toEqual([
      expect.stringContaining("lets it in on port 6379"),
    ]);
  });
});

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
