import type * as pulumi from "@pulumi/pulumi";
import { workloadImage } from "../workload/images";
import { restartedLast } from "../workload/probes";
import { Service } from "../workload/service";
import { type AiMiddlewareContext, apiPort } from "./context";
import { mongodbAuthority, targets, variables } from "./env";

/** The API: it answers clients with the help of an AI provider, or queues their requests for the workers. (M1, M4, 003) */
export function createApi(name: string, context: AiMiddlewareContext, parent: pulumi.Resource): Service {
  const { site, config, namespace } = context;
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "ai-middleware",
      image: workloadImage(site, config.images, "ai-middleware"),
      priority: "serving",
      replicas: { minimum: 3, maximum: 20, cpu: 70, memory: 80 },
      ports: { http: apiPort },
      // Only the workers read the queue.
      environment: { ...variables(context), CONSUMER_STATUS: "false" },
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "500m", memory: "1Gi" } },
      ...mongodbAuthority(context),
      probes: {
        liveness: { path: "/healthcheck", port: "http", initialDelaySeconds: 30, ...restartedLast },
        readiness: { path: "/healthcheck", port: "http", initialDelaySeconds: 5, periodSeconds: 5 },
      },
      service: { name: "ai-middleware-service", ports: { http: 80 } },
      metrics: { port: "http", interval: "15s" },
      calls: targets(context),
    },
    { parent },
  );
}
