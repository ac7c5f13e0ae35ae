import type * as pulumi from "@pulumi/pulumi";
import { fromSecret } from "../workload/container";
import { workloadImage } from "../workload/images";
import { Service } from "../workload/service";
import { type AtlasContext, atlasFinancial, hasura, hasuraPort, hasuraUrl, tier } from "./context";

/** Routes requests to the models and keeps their context. (A1, 000) */
export function createOrchestrator(
  name: string,
  { site, config, namespace, kafka, cache, vectors }: AtlasContext,
  parent: pulumi.Resource,
): Service {
  const jwt = site.secrets.provide(namespace, "jwt-secrets");
  const service = new Service(
    name,
    {
      site,
      namespace,
      workload: "ai-orchestrator",
      image: workloadImage(site, config.images, "ai-orchestrator"),
      labels: { ...tier, version: config.images.tag },
      annotations: {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": "8084",
        "prometheus.io/path": "/metrics",
      },
      priority: "serving",
      replicas: 3,
      rollout: { maxSurge: 1, maxUnavailable: 0 },
      spread: "one-per-node",
      account: {
        account: "ai-orchestrator-sa",
        role: "ai-orchestrator-role",
        rules: [
          { apiGroups: [""], resources: ["configmaps", "secrets"], verbs: ["get", "list", "watch"] },
          { apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["update"] },
        ],
      },
      ports: { http: 8084, metrics: 9090 },
      environment: {
        ENVIRONMENT: site.environment,
        LOG_LEVEL: "info",
        REDIS_URL: fromSecret(cache.credentials, "url"),
        HASURA_ENDPOINT: hasuraUrl,
        JWT_SECRET: fromSecret(jwt, "secret"),
      },
      resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "1000m", memory: "2Gi" } },
      probes: {
        liveness: {
          path: "/health",
          port: "http",
          initialDelaySeconds: 30,
          periodSeconds: 10,
          timeoutSeconds: 5,
          failureThreshold: 3,
        },
        readiness: {
          path: "/ready",
          port: "http",
          initialDelaySeconds: 20,
          periodSeconds: 5,
          timeoutSeconds: 3,
          failureThreshold: 3,
        },
      },
      mounts: [
        {
          kind: "files",
          path: "/app/config",
          files: { "orchestrator.yaml": `environment: ${site.environment}\nlogLevel: info\n` },
        },
      ],
      service: { name: "ai-orchestrator-service", ports: { http: 8084, metrics: 9090 } },
      metrics: { port: "http", interval: "15s" },
      vertical: {
        mode: "steer",
        minimum: { cpu: "200m", memory: "512Mi" },
        maximum: { cpu: "2000m", memory: "4Gi" },
      },
      calls: [
        cache.endpoints.master,
        cache.endpoints.sentinel,
        kafka.endpoints.plain,
        vectors.endpoints.http,
        // 000: Hasura, PostgreSQL and Redis of Atlas' other services.
        { party: atlasFinancial, ports: [hasuraPort, 5432, 6379] },
      ],
    },
    { parent },
  );
  site.network.allow(atlasFinancial, service.pods, 8084);
  site.network.allow(hasura(namespace), service.pods, 8084);
  return service;
}
