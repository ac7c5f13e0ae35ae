import type * as pulumi from "@pulumi/pulumi";
import { workloadImage } from "../workload/images";
import type { Mount } from "../workload/mounts";
import { Service } from "../workload/service";
import { type AiaasContext, ports, probes, scaling, secretsFolder } from "./context";

/** Where requests come in: it counts them against their limits, leads them to the models, and tells Analytics. (B1, 002) */
export function createApiRouter(
  name: string,
  { site, config, namespace, redis, rabbitmq, models }: AiaasContext,
  { userOrganization, analytics }: { readonly userOrganization: Service; readonly analytics: Service },
  parent: pulumi.Resource,
): Service {
  const [users, usage] = [userOrganization.endpoint("http"), analytics.endpoint("http")];
  const key: readonly Mount[] = models
    ? [
        {
          kind: "secret",
          path: `${secretsFolder}/vllm`,
          secret: models.credentials,
          items: { "api-key": "api-key" },
        },
      ]
    : [];
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "api-router",
      image: workloadImage(site, config.images, "api-router"),
      priority: "serving",
      replicas: scaling,
      minimumAvailable: 1,
      ports,
      environment: {
        ENVIRONMENT: site.environment,
        REDIS_URL_FILE: `${secretsFolder}/redis/url`,
        RABBITMQ_URI_FILE: `${secretsFolder}/rabbitmq/uri`,
        USAGE_QUEUE: "usage-events",
        USER_ORGANIZATION_URL: `http://${users.host}:${users.port}`,
        ANALYTICS_URL: `http://${usage.host}:${usage.port}`,
        ...(models && {
          VLLM_URL: `http://${models.endpoint.host}:${models.endpoint.port}/v1`,
          VLLM_API_KEY_FILE: `${secretsFolder}/vllm/api-key`,
        }),
      },
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1000m", memory: "1Gi" } },
      mounts: [
        {
          kind: "secret",
          path: `${secretsFolder}/redis`,
          secret: redis.credentials,
          items: { url: "api-router-url" },
        },
        {
          kind: "secret",
          path: `${secretsFolder}/rabbitmq`,
          secret: rabbitmq.credentials,
          items: { uri: "uri" },
        },
        ...key,
      ],
      probes,
      service: { ports: { http: 80 } },
      metrics: { port: "metrics" },
      calls: [
        redis.endpoints.master,
        redis.endpoints.sentinel,
        rabbitmq.endpoints.amqp,
        rabbitmq.endpoints.stream,
        users,
        usage,
        ...(models ? [models.endpoint] : []),
      ],
    },
    { parent },
  );
}
