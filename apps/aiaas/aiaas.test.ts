import * as pulumi from "@pulumi/pulumi";
import type { Pool } from "../../infra/cluster/cluster";
import { pods } from "../../infra/network/edge";
import { clouds } from "../../test/support/recorded/objects";
import { named, record, type SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import { createSystems } from "..";
import { aiaas } from "./definition";

const systems = (section: object) => placed({ aiaas: { cluster: "aws", ...section } });
const owner = systems({ gpuPool: "gpu", sharedWith: ["development", "staging"] });

/** g6-standard-8 and g3-gpu-rtxpro6000-blackwell-1. */
const baseline: Pool = {
  name: "baseline",
  labels: { "ai-platform/pool": "baseline" },
  taints: [],
  allocatable: { cpuMillis: 7910, memoryMib: 13_000 },
  spot: false,
  minimum: 3,
  maximum: 10,
  zones: ["fr-par"],
};
const cards: Pool = {
  ...baseline,
  name: "gpu",
  labels: { "ai-platform/pool": "gpu", accelerator: "nvidia-gpu" },
  taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
  allocatable: { cpuMillis: 15_830, memoryMib: 160_000 },
  gpu: { model: "RTX PRO 6000 Blackwell", count: 1 },
};

async function build(changes: SiteChanges = {}) {
  const recorded = await record((site) => createSystems(site, [aiaas], { operators: {} }), {
    cloud: clouds.lke,
    systems: owner,
    pools: [baseline, cards],
    ...changes,
  });
  const found = (kind: string, name: string, path?: string) => named(recorded.objects, kind, name, path);
  const called = (name: string) =>
    recorded.site.network.edges
      .filter(({ from }) => from.kind === "pods" && from.name === name)
      .map(({ to, ports }) => (to.kind === "pods" ? `${to.namespace}/${to.name}: ${ports}` : to.kind))
      .sort();
  return { ...recorded, found, called };
}

let production: Awaited<ReturnType<typeof build>>;
beforeAll(async () => {
  production = await build();
});

const container = "spec.template.spec.containers.0";
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

describe("vLLM (B2, 002)", () => {
  test("has two replicas with a card each in the namespace of all environments, scaled by hand", () => {
    const { found, objects } = production;
    expect(found("Deployment", "vllm")).toMatchObject({
      metadata: { namespace: "system" },
      spec: {
        replicas: 2,
        strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        template: {
          spec: {
            nodeSelector: { "ai-platform/pool": "gpu" },
            tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
            securityContext: { runAsNonRoot: true },
          },
        },
      },
    });
    expect(found("Deployment", "vllm", `${container}.resources`)).toMatchObject({
      requests: { cpu: "8", memory: "64Gi", "nvidia.com/gpu": "1" },
      limits: { cpu: "14", memory: "128Gi", "nvidia.com/gpu": "1" },
    });
    const scaled = objects.filter(({ kind }) => kind === "HorizontalPodAutoscaler");
    expect(JSON.stringify(scaled)).not.toContain("vllm");
  });

  test("serves the stack's model, takes half an hour to load it, and keeps it on a volume of its own", () => {
    const { found } = production;
    expect(found("Deployment", "vllm", container)).toMatchObject({
      image: expect.stringMatching(/^docker\.io\/vllm\/vllm-openai:v\d+\.\d+\.\d+-cu\d+$/),
      command: ["vllm", "serve"],
      args: ["openai/gpt-oss-120b", "--config", "/etc/vllm/config.yaml", "--port", "8000"],
      startupProbe: { httpGet: { path: "/health" }, periodSeconds: 10, failureThreshold: 180 },
    });
    expect(found("Deployment", "vllm", "spec.template.spec.volumes")).toEqual(
      expect.arrayContaining([
        { name: "dev-shm", emptyDir: { medium: "Memory", sizeLimit: "16Gi" } },
        {
          name: "cache",
          ephemeral: {
            volumeClaimTemplate: {
              spec: {
                accessModes: ["ReadWriteOnce"],
                storageClassName: "standard",
                resources: { requests: { storage: "200Gi" } },
              },
            },
          },
        },
      ]),
    );
  });

  test("tells nobody how it is used, and calls nobody but Hugging Face", () => {
    expect(production.found("Deployment", "vllm", `${container}.env`)).toEqual(
      expect.arrayContaining([
        { name: "VLLM_NO_USAGE_STATS", value: "1" },
        { name: "DO_NOT_TRACK", value: "1" },
        { name: "HF_HUB_DISABLE_TELEMETRY", value: "1" },
      ]),
    );
    expect(production.called("vllm")).toEqual(["internet"]);
  });

  test("its owner hands the key to each environment on the cluster, and lets its router call (D3)", () => {
    const clients = production.objects.filter(({ logicalName }) => logicalName.endsWith("-vllm-client"));
    expect(clients.map(({ logicalName }) => logicalName).sort()).toEqual([
      "secrets-development-vllm-client",
      "secrets-production-vllm-client",
      "secrets-staging-vllm-client",
    ]);
    for (const namespace of ["development", "production", "staging"]) {
      expect(production.site.network.edges).toContainEqual({
        from: pods(namespace, "api-router", { app: "api-router" }),
        to: pods("system", "vllm", { app: "vllm" }),
        ports: [8000],
      });
    }
  });

  test("a guest on the cluster calls the owner's, and makes neither it nor its key (D3)", async () => {
    const { objects, found, called } = await build({
      environment: "staging",
      systems: systems({}),
      owned: false,
    });
    const names = objects.map(({ logicalName }) => logicalName).join("\n");
    expect(names).not.toContain("vllm");
    expect(called("api-router")).toContain("system/vllm: 8000");
    expect(found("Deployment", "api-router", "spec.template.spec.volumes")).toContainEqual({
      name: "etc-secrets-vllm",
      secret: {
        secretName: "vllm-client",
        defaultMode: 0o440,
        items: [{ key: "api-key", path: "api-key" }],
      },
    });
  });

  test("without cards there is none, and nobody calls it", async () => {
    const { objects } = await build({
      systems: systems({}),
      environment: "development",
      cloud: clouds.local,
    });
    expect(JSON.stringify(objects)).not.toContain("vllm");
  });
});
