import * as pulumi from "@pulumi/pulumi";
import { build, container, production } from "../../test/support/aiaas/built";

const services = ["api-router", "user-organization", "analytics"] as const;

describe.each(services)("%s (B1, 002)", (workload) => {
  test("scales from 2 to 10 by CPU and memory: fast up, slowly down, three to begin with", () => {
    const { found } = production;
    expect(found("Deployment", workload, "spec.replicas")).toBe(3);
    expect(found("HorizontalPodAutoscaler", `${workload}-hpa`, "spec")).toMatchObject({
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        { resource: { name: "cpu", target: { averageUtilization: 70 } } },
        { resource: { name: "memory", target: { averageUtilization: 80 } } },
      ],
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 0,
          policies: [
            { type: "Percent", value: 100, periodSeconds: 15 },
            { type: "Pods", value: 4, periodSeconds: 15 },
          ],
        },
        scaleDown: {
          stabilizationWindowSeconds: 600,
          policies: [
            { type: "Percent", value: 10, periodSeconds: 120 },
            { type: "Pods", value: 1, periodSeconds: 120 },
          ],
        },
      },
    });
  });

  test("keeps one pod whatever is drained", () => {
    expect(production.found("PodDisruptionBudget", `${workload}-pdb`, "spec.minAvailable")).toBe(1);
  });

  test("is in its environment's namespace, from the system's registry, without a token", () => {
    expect(production.found("Deployment", workload)).toMatchObject({
      metadata: { namespace: "production" },
      spec: {
        template: {
          spec: {
            automountServiceAccountToken: false,
            containers: [
              {
                image: `registry.example.com/aiaas/${workload}:v1.0.0`,
                livenessProbe: { httpGet: { path: "/healthz" } },
                readinessProbe: { httpGet: { path: "/readyz" } },
              },
            ],
          },
        },
      },
    });
  });

  test("has its secrets as files, and none in its environment (D6)", () => {
    const { found } = production;
    const spec = found("Deployment", workload, "spec.template.spec");
    expect(JSON.stringify(spec)).not.toContain("secretKeyRef");
    expect(found("Deployment", workload, "spec.template.spec.volumes")).toContainEqual({
      name: "etc-secrets-redis",
      secret: {
        secretName: "aiaas-redis",
        defaultMode: 0o440,
        items: [{ key: `${workload}-url`, path: "url" }],
      },
    });
  });

  test("sends its spans to the collector, where there is one (P4)", async () => {
    const variable = expect.objectContaining({ name: "OTEL_EXPORTER_OTLP_ENDPOINT" });
    expect(production.found("Deployment", workload, `${container}.env`)).toContainEqual(variable);
    expect(production.called(workload)).toContain("monitoring/otel-collector: 4317,4318");
    const without = await build({ settings: { without: ["tracing"] } });
    expect(without.found("Deployment", workload, `${container}.env`)).not.toContainEqual(variable);
    expect(without.called(workload)).not.toContain("monitoring/otel-collector: 4317,4318");
  });
});

test("the services call their stores and each other, and nobody else", () => {
  const spans = "monitoring/otel-collector: 4317,4318";
  const redis = ["production/redis-sentinel: 26379", "production/redis: 6379"];
  const rabbitmq = ["production/rabbitmq: 5552", "production/rabbitmq: 5672"];
  const expected = {
    "api-router": [
      spans,
      "production/analytics: 8080",
      ...rabbitmq,
      ...redis,
      "production/user-organization: 8080",
      "system/vllm: 8000",
    ],
    "user-organization": [spans, ...redis, "production/user-organization-database: 5432"],
    analytics: [spans, "production/analytics-database: 5432", ...rabbitmq, ...redis],
  };
  for (const [workload, targets] of Object.entries(expected)) {
    expect([...new Set(production.called(workload))]).toEqual([...targets].sort());
  }
});

test("the API Router alone answers on the internet, and not with its metrics", () => {
  expect(production.found("Ingress", "api-router-ingress", "spec")).toMatchObject({
    rules: [
      {
        host: "api.aiaas.example.com",
        http: { paths: [{ path: "/", backend: { service: { name: "api-router", port: { number: 80 } } } }] },
      },
    ],
  });
  expect(production.found("Service", "api-router", "spec.ports")).toHaveLength(1);
});

test("a managed database is called on the port that its cloud chose, and on no other (C12)", async () => {
  const managed = {
    host: pulumi.output("db.example"),
    port: pulumi.output(24_073),
    username: pulumi.secret("akmadmin"),
    password: pulumi.secret("password"),
  };
  const { found, called } = await build({ databases: { "user-organization": managed } });
  expect(found("NetworkPolicy", "user-organization-managed-database")).toMatchObject({
    metadata: { namespace: "production", annotations: { "ai-platform/egress-hosts": "db.example:24073" } },
    spec: {
      podSelector: { matchLabels: { app: "user-organization" } },
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ protocol: "TCP", port: 24_073 }] }],
    },
  });
  expect(called("user-organization").join()).not.toContain("database");
});

describe("exports (C8, 002)", () => {
  const bucket = {
    name: "aiaas-prod-exports",
    region: "fr-par",
    endpoint: "https://fr-par-1.linodeobjects.com",
    hosts: ["*.fr-par-1.linodeobjects.com"],
    key: { accessKey: pulumi.secret("access"), secretKey: pulumi.secret("secret") },
  };

  test("go to a bucket of their own, which a key in files opens", async () => {
    const { found, called } = await build({ buckets: { exports: bucket } });
    expect(found("Deployment", "analytics", `${container}.env`)).toEqual(
      expect.arrayContaining([
        { name: "EXPORTS_BUCKET", value: "aiaas-prod-exports" },
        { name: "EXPORTS_ENDPOINT", value: "https://fr-par-1.linodeobjects.com" },
        { name: "EXPORTS_SECRET_KEY_FILE", value: "/etc/secrets/exports/secret-key" },
      ]),
    );
    expect(found("Deployment", "analytics", "spec.template.spec.volumes")).toContainEqual({
      name: "etc-secrets-exports",
      secret: { secretName: "analytics-exports", defaultMode: 0o440 },
    });
    expect(called("analytics")).toContain("cloud-services");
  });

  test("are not offered where there is no bucket for them", () => {
    expect(JSON.stringify(production.found("Deployment", "analytics"))).not.toContain("EXPORTS");
    expect(production.called("analytics")).not.toContain("cloud-services");
  });
});
