import type * as pulumi from "@pulumi/pulumi";
import { internet } from "../../infra/network/edge";
import { fromSecret } from "../workload/container";
import { workloadImage } from "../workload/images";
import { restartedLast } from "../workload/probes";
import { Service } from "../workload/service";
import type { MarketResearchContext } from "./context";

/** The entry point for inference requests: it recognises entities, searches the index, and answers. (N1, 004) */
export function createInferenceApi(
  name: string,
  { site, config, namespace, index, secrets }: MarketResearchContext,
  ner: Service,
  parent: pulumi.Resource,
): Service {
  const recognizer = ner.endpoint("http");
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "inference-api",
      image: workloadImage(site, config.images, "inference-api"),
      priority: "serving",
      replicas: { minimum: 2, maximum: 10, cpu: 70, memory: 80 },
      resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "1", memory: "2Gi" } },
      sizedFor: ["staging", "production"],
      ports: { http: 8000 },
      environment: {
        NER_SERVICE_URL: `http://${recognizer.host}:${recognizer.port}`,
        INDEX_PATH: "/index",
        OPENAI_API_KEY: fromSecret(secrets, "openai-api-key"),
      },
      mounts: [{ kind: "volume", path: "/index", claim: index, readOnly: true }],
      probes: {
        liveness: { path: "/health", port: "http", timeoutSeconds: 5, ...restartedLast },
        readiness: { path: "/health", port: "http", periodSeconds: 5, timeoutSeconds: 3 },
      },
      service: { ports: { http: 8000 } },
      metrics: { port: "http" },
      calls: [recognizer, { party: internet("api.openai.com"), ports: [443] }],
    },
    { parent },
  );
}
