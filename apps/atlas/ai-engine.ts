import type * as pulumi from "@pulumi/pulumi";
import { fromSecret } from "../workload/container";
import { workloadImage } from "../workload/images";
import { Service } from "../workload/service";
import { type AtlasContext, tier } from "./context";

/** Answers inference requests, with the models of the GPU servers behind it. (A2, 001) */
export function createAiEngine(
  name: string,
  { site, config, namespace, kafka, cache, vectors, featureStore }: AtlasContext,
  models: Service | undefined,
  parent: pulumi.Resource,
): Service {
  const triton = models && { http: models.endpoint("http"), grpc: models.endpoint("grpc") };
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "ai-engine",
      image: workloadImage(site, config.images, "ai-engine"),
      labels: tier,
      priority: "serving",
      replicas: {
        minimum: 3,
        maximum: 20,
        cpu: 70,
        memory: 80,
        podMetrics: [{ metric: "inference_requests_per_second", averageValue: "50" }],
      },
      minimumAvailable: 2,
      preferNodes: { "workload-type": "cpu-intensive" },
      spot: "compute",
      ports: { http: 8080 },
      environment: {
        ENVIRONMENT: site.environment,
        REDIS_URL: fromSecret(cache.credentials, "url"),
        FEATURE_STORE_URL: fromSecret(featureStore.credentials, "url"),
        KAFKA_BROKERS: kafka.bootstrapServers,
        QDRANT_URL: `http://${vectors.endpoints.http.host}:${vectors.endpoints.http.port}`,
        QDRANT_API_KEY: fromSecret(vectors.credentials, "api-key"),
        ...(triton && { TRITON_URL: `${triton.grpc.host}:${triton.grpc.port}` }),
      },
      resources: { requests: { cpu: "1000m", memory: "2Gi" }, limits: { cpu: "2000m", memory: "4Gi" } },
      probes: {
        startup: { path: "/health", port: "http", periodSeconds: 10, failureThreshold: 30 },
        liveness: { path: "/health", port: "http", periodSeconds: 10, timeoutSeconds: 5 },
        readiness: { path: "/ready", port: "http", periodSeconds: 5, timeoutSeconds: 3 },
      },
      service: { name: "ai-engine-service", ports: { http: 8080 } },
      metrics: { port: "http", interval: "15s" },
      vertical: {
        mode: "recommend",
        minimum: { cpu: "500m", memory: "1Gi" },
        maximum: { cpu: "4", memory: "8Gi" },
      },
      calls: [
        cache.endpoints.master,
        cache.endpoints.sentinel,
        kafka.endpoints.plain,
        vectors.endpoints.http,
        featureStore.endpoints.pooled,
        ...(triton ? [triton.http, triton.grpc] : []),
      ],
    },
    { parent },
  );
}
