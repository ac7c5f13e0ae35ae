import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { names } from ".";

const faults = (...pieces: readonly Piece[]) => faultsOf(names, evidenceOf(...pieces));

const namespace = "shop";
const home = object("namespace", "v1", "Namespace", { metadata: { name: namespace } });

interface PodOptions {
  readonly container?: object;
  readonly pod?: object;
}

function deployment({ container, pod }: PodOptions = {}): Piece {
  const labels = { app: "cart" };
  return object("cart", "apps/v1", "Deployment", {
    metadata: { name: "cart", namespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name: "cart", image: "cart:1", ports: [{ name: "http", containerPort: 80 }], ...container },
          ],
          ...pod,
        },
      },
    },
  });
}

function service(selector: object, targetPort: string | number = "http"): Piece {
  return object("service", "v1", "Service", {
    metadata: { name: "cart", namespace },
    spec: { selector, ports: [{ name: "http", port: 80, targetPort }] },
  });
}

describe("Services", () => {
  test.each<readonly [string, Piece, readonly string[]]>([
    ["that lead to pods", service({ app: "cart" }), []],
    ["that lead to a number", service({ app: "cart" }, 80), []],
    ["that select nothing", service({ app: "card" }), ["it is for pods with app=card, and no pod has"]],
    [
      "that lead to a port which nothing has",
      service({ app: "cart" }, "htp"),
      ["it leads to the port htp, and no container behind it has one of that name"],
    ],
  ])("%s", (_, piece, expected) => {
    expect(faults(home, deployment(), piece)).toEqual(
      expected.map((rule) => expect.stringContaining(`aws: Service shop/cart: ${rule}`)),
    );
  });
});

test.each([
  ["http", []],
  [80, []],
  ["htpp", ["the readiness probe of its container cart calls the port htpp"]],
])("a probe that calls the port %s", (port, expected) => {
  const container = { readinessProbe: { httpGet: { path: "/ready", port } } };
  expect(faults(home, deployment({ container }))).toEqual(
    expected.map((rule) => expect.stringContaining(rule)),
  );
});

test.each([
  ["http://cart.shop.svc:80", []],
  ["http://card.shop.svc:80", ["its pods are told card.shop.svc:80, and there is no Service shop/card"]],
  // What is in others' namespaces is out of sight.
  ["http://card.elsewhere.svc:80", []],
])("pods that are told %s", (value, expected) => {
  const container = { env: [{ name: "CART_URL", value }] };
  expect(faults(home, deployment({ container }), service({ app: "cart" }))).toEqual(
    expected.map((rule) => expect.stringContaining(rule)),
  );
});

test.each([
  [{ app: "cart" }, 0],
  [{ app: "card" }, 1],
])("a budget over pods with %j", (matchLabels, count) => {
  const budget = object("budget", "policy/v1", "PodDisruptionBudget", {
    metadata: { name: "cart", namespace },
    spec: { selector: { matchLabels }, maxUnavailable: 1 },
  });
  expect(faults(home, deployment(), budget)).toHaveLength(count);
});

test.each([
  ["reader", "cart", []],
  ["view", "cart", []],
  ["redaer", "cart", ["it binds the role redaer, which is not there"]],
  ["reader", "card", ["it gives its role to the account shop/card, which is not there"]],
])("a binding of the role %s to the account %s", (name, account, expected) => {
  const role = object("role", "rbac.authorization.k8s.io/v1", "Role", {
    metadata: { name: "reader", namespace },
  });
  const owner = object("account", "v1", "ServiceAccount", { metadata: { name: "cart", namespace } });
  const binding = object("binding", "rbac.authorization.k8s.io/v1", "RoleBinding", {
    metadata: { name: "cart", namespace },
    roleRef: { kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name: account, namespace }],
  });
  expect(faults(home, role, owner, binding)).toEqual(
    expected.map((rule) => expect.stringContaining(`aws: RoleBinding shop/cart: ${rule}`)),
  );
});

test.each([
  ["nginx", "letsencrypt", []],
  ["ngnx", "letsencrypt", ["its class ngnx is none of the cluster's"]],
  ["nginx", "letsencrypted", ["its certificate's issuer letsencrypted is none of the cluster's"]],
])("an Ingress of the class %s with the issuer %s", (ingressClassName, issuer, expected) => {
  const ingress = object("ingress", "networking.k8s.io/v1", "Ingress", {
    metadata: { name: "cart", namespace, annotations: { "cert-manager.io/cluster-issuer": issuer } },
    spec: { ingressClassName, rules: [] },
  });
  const ingressClass = object("class", "networking.k8s.io/v1", "IngressClass", {
    metadata: { name: "nginx" },
  });
  const clusterIssuer = object("issuer", "cert-manager.io/v1", "ClusterIssuer", {
    metadata: { name: "letsencrypt" },
    spec: { selfSigned: {} },
  });
  expect(faults(home, ingressClass, clusterIssuer, ingress)).toEqual(
    expected.map((rule) => expect.stringContaining(`aws: Ingress shop/cart: ${rule}`)),
  );
});

describe("pods", () => {
  const cluster: readonly Piece[] = [
    { type: "pulumi:providers:kubernetes", name: "aws-kubernetes", inputs: {} },
    { type: "aws:eks/cluster:Cluster", name: "cluster", inputs: { name: "cluster", version: "1.35" } },
    {
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      name: "template",
      inputs: { blockDeviceMappings: [{ ebs: { volumeSize: 100 } }] },
    },
    { type: "aws:ec2/subnet:Subnet", name: "subnet-a", inputs: { availabilityZone: "a" } },
    {
      type: "aws:eks/nodeGroup:NodeGroup",
      name: "cards",
      inputs: {
        clusterName: "cluster",
        instanceTypes: ["g5.2xlarge"],
        labels: { accelerator: "nvidia-gpu" },
        launchTemplate: { id: "template-id" },
        scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 2 },
        subnetIds: ["subnet-a-id"],
        taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }],
      },
    },
  ];
  const tolerations = [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }];
  const waiting = expect.stringContaining("no pool has the labels that its pods ask for");

  test.each<readonly [string, object, readonly unknown[]]>([
    ["run where their labels are", { nodeSelector: { accelerator: "nvidia-gpu" }, tolerations }, []],
    [
      "wait where no pool has their label",
      { nodeSelector: { accelerator: "nvidia" }, tolerations },
      [waiting],
    ],
    [
      "wait where they live with no pool's taints",
      { nodeSelector: { accelerator: "nvidia-gpu" } },
      [waiting],
    ],
    [
      "may ask for what every cloud's nodes have",
      { nodeSelector: { "kubernetes.io/os": "linux", accelerator: "nvidia-gpu" }, tolerations },
      [],
    ],
  ])("%s", (_, pod, expected) => {
    expect(faults(home, ...cluster, deployment({ pod }))).toEqual(expected);
  });
});
