import { internet, type Party, pods } from "../../infra/network/edge";
import { named, record, type SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import { createSystems } from "..";
import { aiMiddleware } from "./definition";

const systems = placed({ "ai-middleware": { cluster: "aws", host: "api.example.com" } });

function build(changes: SiteChanges = {}) {
  return record((site) => createSystems(site, [aiMiddleware], { operators: {} }), { systems, ...changes });
}

let built: Awaited<ReturnType<typeof build>>;
beforeAll(async () => {
  built = await build();
});

const container = "spec.template.spec.containers.0";
const found = (kind: string, name: string, path?: string) => named(built.objects, kind, name, path);

test.each([
  ["ai-middleware", { cpu: "250m", memory: "512Mi" }, { cpu: "500m", memory: "1Gi" }],
  ["ai-middleware-worker", { cpu: "100m", memory: "256Mi" }, { cpu: "200m", memory: "512Mi" }],
])("%s has the seed's labels and resources (M4)", (workload, requests, limits) => {
  expect(found("Deployment", workload)).toMatchObject({
    metadata: { namespace: "ai-middleware", labels: { app: workload } },
    spec: {
      selector: { matchLabels: { app: workload } },
      template: { metadata: { labels: { app: workload } } },
    },
  });
  expect(found("Deployment", workload, `${container}.resources`)).toMatchObject({ requests, limits });
});

test("the API listens on 8080, has probes on /healthcheck, and scales from 3 to 20 (M1)", () => {
  expect(found("Deployment", "ai-middleware", container)).toMatchObject({
    image: "registry.example.com/ai-middleware/ai-middleware:v1.0.0",
    ports: [{ containerPort: 8080 }],
    livenessProbe: {
      httpGet: { path: "/healthcheck", port: "http" },
      initialDelaySeconds: 30,
      periodSeconds: 10,
    },
    readinessProbe: {
      httpGet: { path: "/healthcheck", port: "http" },
      initialDelaySeconds: 5,
      periodSeconds: 5,
    },
  });
  expect(found("HorizontalPodAutoscaler", "ai-middleware-hpa", "spec")).toMatchObject({
    scaleTargetRef: { kind: "Deployment", name: "ai-middleware" },
    minReplicas: 3,
    maxReplicas: 20,
    metrics: [
      { resource: { name: "cpu", target: { averageUtilization: 70 } } },
      { resource: { name: "memory", target: { averageUtilization: 80 } } },
    ],
  });
  expect(found("Service", "ai-middleware-service", "spec")).toMatchObject({
    type: "ClusterIP",
    selector: { app: "ai-middleware" },
    ports: [{ port: 80, targetPort: "http", protocol: "TCP" }],
  });
});

test("the ingress has the seed's limits, and the certificate's Secret (M1)", () => {
  expect(found("Ingress", "ai-middleware-ingress")).toMatchObject({
    metadata: {
      annotations: {
        "nginx.org/redirect-to-https": "true",
        "nginx.org/client-max-body-size": "50m",
        "nginx.org/proxy-read-timeout": "300s",
        "nginx.org/proxy-send-timeout": "300s",
      },
    },
    spec: {
      tls: [{ hosts: ["api.example.com"], secretName: "tls-secret" }],
      rules: [
        {
          host: "api.example.com",
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "ai-middleware-service", port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  });
});

test("the worker runs the queue's consumer, and is healthy while it is connected to the queue (M2)", () => {
  expect(found("Deployment", "ai-middleware-worker", "spec.replicas")).toBe(2);
  const connected = {
    exec: { command: ["grep", "-qs", ":1628 01 ", "/proc/net/tcp", "/proc/net/tcp6"] },
  };
  expect(found("Deployment", "ai-middleware-worker", container)).toMatchObject({
    command: ["python", "-c"],
    args: [
      "from src.services.commonServices.queueService.queueService import queue_obj; import asyncio; asyncio.run(queue_obj.consume_messages())",
    ],
    livenessProbe: connected,
    readinessProbe: connected,
  });
});

const fromSecrets = (key: string, optional?: true) => ({
  valueFrom: { secretKeyRef: { name: "ai-middleware-secrets", key, ...(optional && { optional }) } },
});

test.each([
  ["ENVIRONMENT", { value: "PRODUCTION" }],
  ["PORT", { value: "8080" }],
  ["MONGODB_CONNECTION_URI", fromSecrets("mongodb-uri")],
  ["TIMESCALE_SERVICE_URL", fromSecrets("timescale-uri")],
  ["REDIS_URI", fromSecrets("redis-uri")],
  ["OPENAI_API_KEY", fromSecrets("openai-key")],
  ["ANTHROPIC_API_KEY", fromSecrets("anthropic-key")],
  ["GOOGLE_API_KEY", fromSecrets("google-key")],
  ["GROQ_API_KEY", fromSecrets("groq-key", true)],
  ["MISTRAL_API_KEY", fromSecrets("mistral-key", true)],
  ["OPENROUTER_API_KEY", fromSecrets("openrouter-key", true)],
  ["QUEUE_CONNECTIONURL", fromSecrets("rabbitmq-uri")],
  ["QUEUE_NAME", { value: "ai-middleware-queue" }],
  ["PREFETCH_COUNT", { value: "10" }],
  ["JWT_TOKEN_SECRET", fromSecrets("jwt-token-secret")],
  [
    "ENCRYPTION_KEY",
    { valueFrom: { secretKeyRef: { name: "ai-middleware-encryption", key: "encryption-key" } } },
  ],
  ["ATATUS_LICENSE_KEY", fromSecrets("atatus-license-key")],
  ["MAX_WORKERS", { value: "4" }],
])("both have the variable %s (003)", (name, value) => {
  for (const workload of ["ai-middleware", "ai-middleware-worker"]) {
    expect(found("Deployment", workload, `${container}.env`)).toContainEqual({ name, ...value });
  }
});

test("only workers consume", () => {
  const consumes = (value: string) => ({ name: "CONSUMER_STATUS", value });
  expect(found("Deployment", "ai-middleware", `${container}.env`)).toContainEqual(consumes("false"));
  expect(found("Deployment", "ai-middleware-worker", `${container}.env`)).toContainEqual(consumes("true"));
});

test("they have MongoDB's certificate authority, and not the members' key", () => {
  for (const workload of ["ai-middleware", "ai-middleware-worker"]) {
    expect(found("Deployment", workload, "spec.template.spec.volumes")).toContainEqual({
      name: "etc-mongodb",
      secret: {
        secretName: "ai-middleware-mongodb-tls",
        defaultMode: 0o440,
        items: [{ key: "ca.crt", path: "ca.crt" }],
      },
    });
    expect(found("Deployment", workload, `${container}.volumeMounts`)).toContainEqual({
      name: "etc-mongodb",
      mountPath: "/etc/mongodb",
      readOnly: true,
    });
  }
});

test("they call only their stores, the six providers and Atatus (M3)", () => {
  const called = (workload: string): readonly (readonly [Party, readonly unknown[]])[] =>
    built.site.network.edges
      .filter(({ from }) => from.kind === "pods" && from.name === workload)
      .map(({ to, ports }) => [to, ports]);
  for (const workload of ["ai-middleware", "ai-middleware-worker"]) {
    const inside = called(workload).flatMap(([to, ports]) =>
      to.kind === "pods" ? [`${to.namespace}/${to.name}: ${ports}`] : [],
    );
    expect(inside.sort()).toEqual([
      "ai-middleware/ai-middleware-mongodb: 27017",
      "ai-middleware/rabbitmq: 5672",
      "ai-middleware/redis: 6379",
      "ai-middleware/timescale: 5432",
      "monitoring/otel-collector: 4317,4318",
    ]);
    expect(called(workload).filter(([to]) => to.kind !== "pods")).toEqual([
      [
        internet(
          "api.openai.com",
          "api.anthropic.com",
          "generativelanguage.googleapis.com",
          "api.groq.com",
          "api.mistral.ai",
          "openrouter.ai",
          "apm-rx.atatus.com",
        ),
        [443],
      ],
    ]);
  }
});

test("all visitors come through the ingress, Let's Encrypt too", () => {
  const solver = { "acme.cert-manager.io/http01-solver": "true" };
  const { edges } = built.site.network;
  expect(edges).toContainEqual(
    expect.objectContaining({
      to: pods("ai-middleware", "ai-middleware", { app: "ai-middleware" }),
      ports: [8080],
    }),
  );
  expect(edges).toContainEqual(
    expect.objectContaining({ to: pods("ai-middleware", "acme-http01-solver", solver), ports: [8089] }),
  );
  expect(found("Ingress", "ai-middleware-ingress")).toMatchObject({
    metadata: { annotations: { "acme.cert-manager.io/http01-edit-in-place": "true" } },
  });
});

test("a cluster that signs its own certificates requests none", async () => {
  const { site } = await build({ settings: { issuer: "self-signed" } });
  expect(JSON.stringify(site.network.edges)).not.toContain("http01-solver");
});

describe("files (003)", () => {
  const data = { name: "data", region: "us-east-1", hosts: ["s3.us-east-1.amazonaws.com"] };

  test.each(["ai-middleware", "ai-middleware-worker"])(
    "%s keeps them in a folder of its own, without a key",
    async (workload) => {
      const { objects, site } = await build({ buckets: { data } });
      const environment = named(objects, "Deployment", workload, "spec.template.spec.containers.0.env");
      expect(environment).toContainEqual({ name: "OBJECT_STORAGE_BUCKET", value: "data" });
      expect(environment).toContainEqual({ name: "AWS_REGION", value: "us-east-1" });
      expect(JSON.stringify(environment)).not.toMatch(/ACCESS_KEY/);
      expect(site.network.edges).toContainEqual(
        expect.objectContaining({
          from: expect.objectContaining({ name: workload }),
          to: { kind: "cloud-services", hosts: data.hosts },
          ports: [443],
        }),
      );
    },
  );
});

test("one client may send 100 requests a second", () => {
  expect(named(built.objects, "Ingress", "ai-middleware-ingress", "metadata.annotations")).toMatchObject({
    "nginx.org/limit-req-rate": "100r/s",
  });
});
