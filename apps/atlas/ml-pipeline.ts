import type * as pulumi from "@pulumi/pulumi";
import { modelRegistryPods } from "../../infra/platform/model-registry";
import { createClaim } from "../workload/claim";
import { fromSecret } from "../workload/container";
import { workloadImage } from "../workload/images";
import { Service } from "../workload/service";
import { type AtlasContext, tier } from "./context";

/** Where 000 has the model registry: beside the AI services. */
const registry = { url: "http://mlflow-service:5000", port: 5000 } as const;

/** Makes features of events and trains on them. (A3, 000) */
export function createMlPipeline(
  name: string,
  { site, config, namespace, kafka, featureStore }: AtlasContext,
  parent: pulumi.Resource,
): Service {
  const cache = createClaim(
    `${name}-model-cache`,
    { site, namespace, claim: "model-cache-pvc", size: "50Gi", shared: true, disposable: true },
    parent,
  );
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "ml-pipeline",
      image: workloadImage(site, config.images, "ml-pipeline"),
      labels: tier,
      priority: "serving",
      replicas: 2,
      nodeSelector: { "workload-type": "cpu-intensive" },
      spot: "compute",
      ports: { http: 8080 },
      environment: {
        ENVIRONMENT: site.environment,
        KAFKA_BROKERS: kafka.bootstrapServers,
        FEATURE_STORE_URL: fromSecret(featureStore.credentials, "url"),
        MODEL_REGISTRY_URL: registry.url,
      },
      resources: { requests: { cpu: "2000m", memory: "4Gi" }, limits: { cpu: "4000m", memory: "8Gi" } },
      mounts: [{ kind: "volume", path: "/models", claim: cache }],
      probes: {
        liveness: { path: "/health", port: "http", periodSeconds: 10, timeoutSeconds: 5 },
        readiness: { path: "/ready", port: "http", periodSeconds: 5, timeoutSeconds: 3 },
      },
      metrics: { port: "http" },
      calls: [
        kafka.endpoints.plain,
        featureStore.endpoints.pooled,
        { party: modelRegistryPods(namespace), ports: [registry.port] },
      ],
    },
    { parent },
  );
}
