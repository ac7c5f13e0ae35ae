import type * as pulumi from "@pulumi/pulumi";
import { workloadImage } from "../workload/images";
import { Service } from "../workload/service";
import { type AiaasContext, ports, probes, scaling, secretsFolder } from "./context";
import { exportsAccess } from "./exports";

/** Turns usage events into figures, knows how fresh they are, and gives them away as files. (B1, C8, 002) */
export function createAnalytics(
  name: string,
  { site, config, namespace, redis, rabbitmq, analyticsDatabase: database }: AiaasContext,
  parent: pulumi.Resource,
): Service {
  const exports = exportsAccess(site, namespace);
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "analytics",
      image: workloadImage(site, config.images, "analytics"),
      priority: "serving",
      replicas: scaling,
      minimumAvailable: 1,
      ports,
      environment: {
        ENVIRONMENT: site.environment,
        DATABASE_URL_FILE: `${secretsFolder}/database/url`,
        REDIS_URL_FILE: `${secretsFolder}/redis/url`,
        RABBITMQ_URI_FILE: `${secretsFolder}/rabbitmq/uri`,
        USAGE_QUEUE: "usage-events",
        ...exports.environment,
      },
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1000m", memory: "2Gi" } },
      mounts: [
        {
          kind: "secret",
          path: `${secretsFolder}/database`,
          secret: database.credentials,
          items: { url: "url" },
        },
        {
          kind: "secret",
          path: `${secretsFolder}/redis`,
          secret: redis.credentials,
          items: { url: "analytics-url" },
        },
        {
          kind: "secret",
          path: `${secretsFolder}/rabbitmq`,
          secret: rabbitmq.credentials,
          items: { uri: "uri" },
        },
        ...exports.mounts,
      ],
      probes,
      service: { ports: { http: 80 } },
      metrics: { port: "metrics" },
      calls: [
        redis.endpoints.master,
        redis.endpoints.sentinel,
        rabbitmq.endpoints.amqp,
        rabbitmq.endpoints.stream,
        database.endpoints.pooled,
        ...exports.calls,
      ],
    },
    { parent },
  );
}
