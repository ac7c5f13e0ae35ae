import type * as pulumi from "@pulumi/pulumi";
import { fromSecret } from "../workload/container";
import { workloadImage } from "../workload/images";
import { Service } from "../workload/service";
import { type AtlasContext, tier } from "./context";

/** Decides which model a request is tried with, and counts how it went. (A6, 001) */
export function createAbTesting(
  name: string,
  { site, config, namespace, cache, kafka }: AtlasContext,
  parent: pulumi.Resource,
): Service {
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "ab-testing",
      image: workloadImage(site, config.images, "ab-testing"),
      labels: tier,
      priority: "serving",
      replicas: { minimum: 2, maximum: 10, cpu: 75, memory: 80 },
      ports: { http: 8080 },
      environment: {
        ENVIRONMENT: site.environment,
        REDIS_URL: fromSecret(cache.credentials, "url"),
        KAFKA_BROKERS: kafka.bootstrapServers,
      },
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "500m", memory: "1Gi" } },
      probes: {
        liveness: { path: "/health", port: "http", periodSeconds: 10, timeoutSeconds: 5 },
        readiness: { path: "/ready", port: "http", periodSeconds: 5, timeoutSeconds: 3 },
      },
      service: { name: "ab-testing-service", ports: { http: 8080 } },
      metrics: { port: "http" },
      calls: [cache.endpoints.master, cache.endpoints.sentinel, kafka.endpoints.plain],
    },
    { parent },
  );
}
