import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { names } from ".";

const faults = (...pieces: readonly Piece[]) => faultsOf(names, evidenceOf(...pieces));

const namespace = "atlas";
const priority = object("priority", "scheduling.k8s.io/v1", "PriorityClass", {
  metadata: { name: "serving" },
  value: 500_000,
});
const secret = object("secret", "v1", "Secret", {
  metadata: { name: "redis", namespace },
  stringData: { url: "[secret]" },
});
const deployment = (spec: object) =>
  object("deployment", "apps/v1", "Deployment", {
    metadata: { name: "ai-engine", namespace },
    spec: { template: { spec: { containers: [{ name: "ai-engine", image: "ai-engine:1" }], ...spec } } },
  });
const mounting = (volume: object) => ({
  volumes: [{ name: "files", ...volume }],
  containers: [
    { name: "ai-engine", image: "ai-engine:1", volumeMounts: [{ name: "files", mountPath: "/files" }] },
  ],
});
const reading = (name: string, key: string, optional?: boolean) => ({
  containers: [
    {
      name: "ai-engine",
      image: "ai-engine:1",
      env: [{ name: "URL", valueFrom: { secretKeyRef: { name, key, ...(optional && { optional }) } } }],
    },
  ],
});

test.each([
  ["what there is", reading("redis", "url"), []],
  [
    "a key that is not there",
    reading("redis", "uri"),
    ["its pods read the key uri of the Secret redis, which has url"],
  ],
  [
    "a Secret that is not there",
    reading("rediss", "url"),
    ["its pods need the Secret rediss, which nothing makes"],
  ],
  ["what need not be there", reading("rediss", "url", true), []],
  [
    "a ConfigMap that is not there",
    mounting({ configMap: { name: "files" } }),
    ["its pods need the ConfigMap files, which nothing makes"],
  ],
  ["what each namespace has", mounting({ configMap: { name: "kube-root-ca.crt" } }), []],
  [
    "a class that is not there",
    { priorityClassName: "srving" },
    ["its priority class srving is none of the cluster's"],
  ],
  ["a class of Kubernetes' own", { priorityClassName: "system-node-critical" }, []],
])("pods that name %s", (_, spec, expected) => {
  expect(faults(priority, secret, deployment(spec))).toEqual(
    expected.map((rule) => expect.stringContaining(`aws: Deployment atlas/ai-engine: ${rule}`)),
  );
});

test("an Ingress leads to a port of a Service", () => {
  const service = object("service", "v1", "Service", {
    metadata: { name: "ai-engine", namespace },
    spec: { ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  });
  const ingress = (name: string, port: object) =>
    object("ingress", "networking.k8s.io/v1", "Ingress", {
      metadata: { name: "ai-engine", namespace },
      spec: {
        rules: [
          { host: "a.example", http: { paths: [{ path: "/", backend: { service: { name, port } } }] } },
        ],
      },
    });
  expect(faults(service, ingress("ai-engine", { number: 80 }))).toEqual([]);
  expect(faults(service, ingress("ai-engine", { name: "http" }))).toEqual([]);
  expect(faults(service, ingress("ai-engine", { number: 8080 }))).toHaveLength(1);
  expect(faults(service, ingress("ai-engin", { number: 80 }))).toEqual([
    "aws: Ingress atlas/ai-engine: it leads to port 80 of the Service ai-engin, which is not there",
  ]);
});

test("an autoscaler scales something", () => {
  const scaler = (name: string) =>
    object("scaler", "autoscaling/v2", "HorizontalPodAutoscaler", {
      metadata: { name: "ai-engine", namespace },
      spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name } },
    });
  expect(faults(deployment({}), scaler("ai-engine"))).toEqual([]);
  expect(faults(deployment({}), scaler("ai-engin"))).toEqual([
    "aws: HorizontalPodAutoscaler atlas/ai-engine: it scales Deployment ai-engin, which is not there",
  ]);
});
