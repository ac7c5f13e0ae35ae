import { factsOfManifest } from "./of-manifest";

const metadata = { name: "web", namespace: "shop" };

const pod = { spec: { containers: [{ name: "web", image: "web:1" }] } };
const podFacts = { containers: [{ name: "web", image: "web:1" }] };

test.each<[string, object, object]>([
  ["Deployment", { spec: { replicas: 2, template: pod } }, { replicas: 2, pod: podFacts }],
  ["DaemonSet", { spec: { template: pod } }, { pod: podFacts }],
  [
    "Job",
    { spec: { parallelism: 3, backoffLimit: 0, template: pod } },
    { replicas: 3, backoffLimit: 0, pod: podFacts },
  ],
  [
    "CronJob",
    { spec: { schedule: "0 3 * * *", jobTemplate: { spec: { backoffLimit: 1, template: pod } } } },
    { schedule: "0 3 * * *", backoffLimit: 1, pod: podFacts },
  ],
  ["Pod", pod, { pod: podFacts }],
  [
    "StatefulSet",
    {
      spec: {
        template: pod,
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              storageClassName: "fast",
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: "1Gi" } },
            },
          },
        ],
      },
    },
    { pod: podFacts, claims: [{ name: "data", class: "fast", size: "1Gi", modes: ["ReadWriteOnce"] }] },
  ],
  [
    "PersistentVolumeClaim",
    { spec: { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "5Gi" } } } },
    { size: "5Gi", modes: ["ReadWriteMany"] },
  ],
  [
    "Service",
    {
      spec: {
        type: "ClusterIP",
        clusterIP: "None",
        selector: { app: "web" },
        ports: [
          { name: "http", port: 80, targetPort: "http", protocol: "TCP" },
          { port: 53, protocol: "UDP" },
        ],
      },
    },
    {
      type: "ClusterIP",
      headless: true,
      selector: { app: "web" },
      ports: [
        { name: "http", port: 80, targetPort: "http" },
        { port: 53, protocol: "UDP" },
      ],
    },
  ],
  ["ServiceAccount", { automountServiceAccountToken: false }, { automountToken: false }],
  [
    "PodDisruptionBudget",
    { spec: { minAvailable: "50%", maxUnavailable: 0, selector: { matchLabels: { app: "web" } } } },
    { minAvailable: "50%", maxUnavailable: 0, selector: { app: "web" } },
  ],
  [
    "ConfigMap",
    { data: { "b.yaml": "url: http://cache:6379", a: "text" }, binaryData: { c: "AAAA" } },
    { keys: ["a", "b.yaml", "c"], urls: ["cache:6379"] },
  ],
  [
    "Secret",
    {
      type: "Opaque",
      stringData: { key: "x" },
      data: { url: Buffer.from("postgres://u:12345@store/db").toString("base64") },
    },
    { type: "Opaque", keys: ["key", "url"], urls: ["store:5432"] },
  ],
  [
    "ServiceMonitor",
    {
      spec: {
        selector: { matchLabels: { app: "web" } },
        namespaceSelector: { matchNames: ["shop"] },
        endpoints: [
          { port: "http", scheme: "HTTP" },
          { targetPort: 8080, path: "/stats" },
        ],
      },
    },
    {
      selector: { app: "web" },
      namespaces: ["shop"],
      endpoints: [
        { port: "http", scheme: "http" },
        { port: 8080, path: "/stats" },
      ],
    },
  ],
  [
    "PodMonitor",
    { spec: { selector: {}, namespaceSelector: { any: true }, podMetricsEndpoints: [{ port: "m" }] } },
    { selector: {}, namespaces: ["*"], endpoints: [{ port: "m" }] },
  ],
  [
    "RoleBinding",
    {
      roleRef: { kind: "Role", name: "reader" },
      subjects: [
        { kind: "ServiceAccount", namespace: "shop", name: "web" },
        { kind: "Group", name: "staff" },
        { kind: "ServiceAccount", name: "own" },
      ],
    },
    { role: "reader", subjects: ["ServiceAccount shop/web", "Group staff", "ServiceAccount shop/own"] },
  ],
  [
    "Certificate",
    { spec: { secretName: "web-tls", dnsNames: ["web.example.com"] } },
    { secret: "web-tls", dnsNames: ["web.example.com"] },
  ],
  [
    "Ingress",
    {
      spec: {
        ingressClassName: "nginx",
        rules: [
          {
            host: "web.example.com",
            http: { paths: [{ path: "/", backend: { service: { name: "web", port: { number: 80 } } } }] },
          },
        ],
        tls: [{ hosts: ["web.example.com"], secretName: "web-tls" }],
      },
    },
    {
      class: "nginx",
      routes: [{ host: "web.example.com", path: "/", service: "web", port: 80 }],
      tls: [{ secret: "web-tls", hosts: ["web.example.com"] }],
    },
  ],
])("a %s", (kind, manifest, facts) => {
  expect(factsOfManifest({ kind, metadata, ...manifest })).toEqual({
    kind,
    name: "web",
    namespace: "shop",
    ...facts,
  });
});

test.each<[string, object, object]>([
  [
    "ValidatingWebhookConfiguration",
    {
      webhooks: [
        { name: "a", clientConfig: { service: { name: "web", namespace: "shop", path: "/a", port: 8443 } } },
        { name: "b", failurePolicy: "Ignore", clientConfig: { service: { name: "web", namespace: "shop" } } },
        { name: "outside", clientConfig: { url: "https://example.com" } },
      ],
    },
    {
      webhooks: [
        {
          name: "a",
          failurePolicy: "Fail",
          service: { name: "web", namespace: "shop", path: "/a", port: 8443 },
        },
        { name: "b", failurePolicy: "Ignore", service: { name: "web", namespace: "shop" } },
      ],
    },
  ],
  [
    "APIService",
    { spec: { service: { name: "web", namespace: "shop", port: 443 } } },
    { service: { name: "web", namespace: "shop", port: 443 } },
  ],
])("a %s is the cluster's", (kind, manifest, facts) => {
  expect(factsOfManifest({ kind, metadata, ...manifest })).toEqual({ kind, name: "web", ...facts });
});

test("labels, hooks, owners; the namespace that it goes to where it names none", () => {
  const manifest = {
    kind: "Widget",
    metadata: {
      name: "web",
      labels: { app: "web" },
      annotations: { "helm.sh/hook": "pre-install" },
      ownerReferences: [
        { kind: "Other", name: "a" },
        { kind: "Shop", name: "b", controller: true },
      ],
    },
  };
  expect(factsOfManifest(manifest, { namespace: "shop" })).toEqual({
    kind: "Widget",
    name: "web",
    namespace: "shop",
    labels: { app: "web" },
    hook: "pre-install",
    owner: "Shop/b",
  });
});

test("only kinds that are asked for keep their specification, and that without texts of configurations", () => {
  const manifest = {
    apiVersion: "example.com/v1",
    kind: "Widget",
    metadata: { ...metadata, annotations: { a: "b" } },
    spec: { size: 3, config: "url: http://cache:80\nmore: 1", list: [{ name: "a" }] },
  };
  const plain = { kind: "Widget", name: "web", namespace: "shop" };
  expect(factsOfManifest(manifest, { keep: new Set(["other.com/Widget"]) })).toEqual(plain);
  expect(factsOfManifest(manifest, { keep: new Set(["example.com/Widget"]) })).toEqual({
    ...plain,
    apiVersion: "example.com/v1",
    annotations: { a: "b" },
    urls: ["cache:80"],
    spec: { size: 3, list: [{ name: "a" }] },
  });
});

test.each([
  [{ metadata }, "kind is missing in "],
  [{ kind: "Service", metadata: {} }, 'metadata.name is missing in {"kind":"Service"'],
  [undefined, "kind is missing in nothing"],
])("%j is no object", (manifest, message) => {
  expect(() => factsOfManifest(manifest)).toThrow(message);
});
