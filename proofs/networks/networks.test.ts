import {
  accountWithRole,
  namespaceWith,
  type Piece,
  policy,
  service,
  workload,
} from "../../test/support/network-piece";
import { faultsOf, https, interfaces } from "../../test/support/proofs/networks";

const apiServerService = { ipBlock: { cidr: "172.20.0.1/32" } };

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
