import type * as pulumi from "@pulumi/pulumi";
import { allowManagedDatabase } from "../../infra/data/managed-database";
import { workloadImage } from "../workload/images";
import { Service } from "../workload/service";
import { type AiaasContext, databaseClient, ports, probes, scaling, secretsFolder } from "./context";

/** Users and organizations: who may use the platform, and on whose behalf. (B1, 002) */
export function createUserOrganization(
  name: string,
  { site, config, namespace, redis, userOrganizationDatabase: database }: AiaasContext,
  parent: pulumi.Resource,
): Service {
  const service = new Service(
    name,
    {
      site,
      namespace,
      workload: "user-organization",
      account: { account: databaseClient("user-organization") },
      image: workloadImage(site, config.images, "user-organization"),
      priority: "serving",
      replicas: scaling,
      minimumAvailable: 1,
      ports,
      environment: {
        ENVIRONMENT: site.environment,
        DATABASE_URL_FILE: `${secretsFolder}/database/url`,
        REDIS_URL_FILE: `${secretsFolder}/redis/url`,
      },
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1000m", memory: "1Gi" } },
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
          items: { url: "user-organization-url" },
        },
      ],
      probes,
      service: { ports: { http: 80 } },
      metrics: { port: "metrics" },
      calls: [
        redis.endpoints.master,
        redis.endpoints.sentinel,
        ...(database.inCluster ? [database.inCluster.endpoints.pooled] : []),
      ],
    },
    { parent },
  );
  if (database.managed) {
    allowManagedDatabase(
      `${name}-database-policy`,
      { site, clients: service.pods, database: database.managed },
      service,
    );
  }
  return service;
}
