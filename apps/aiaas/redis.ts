import type * as pulumi from "@pulumi/pulumi";
import { RedisReplication } from "../../infra/data/redis-replication";
import type { StoreSizes } from "../../infra/data/size";
import type { Site } from "../../infra/kit/site";

const sizes: StoreSizes = {
  production: { cpu: "100m", cpuLimit: "1000m", memory: "1Gi", memoryLimit: "2Gi", storage: "10Gi" },
  staging: { cpu: "25m", cpuLimit: "500m", memory: "128Mi", memoryLimit: "256Mi", storage: "10Gi" },
  development: { cpu: "10m", cpuLimit: "250m", memory: "64Mi", memoryLimit: "128Mi", storage: "1Gi" },
};

const sentinelSizes: StoreSizes = {
  production: { cpu: "50m", cpuLimit: "200m", memory: "128Mi", memoryLimit: "256Mi", storage: "0" },
  staging: { cpu: "10m", cpuLimit: "100m", memory: "64Mi", memoryLimit: "128Mi", storage: "0" },
  development: { cpu: "10m", cpuLimit: "100m", memory: "32Mi", memoryLimit: "64Mi", storage: "0" },
};

/** Each service's own database, by the key of its connection string: rate limits, sessions, freshness. (002) */
const databases = { "api-router-url": 0, "user-organization-url": 1, "analytics-url": 2 };

/**
 * The Redis that AIaaS' services share. A Redis cluster has one database only, so that a database for each service asks
 * for replicas and Sentinels instead. What services keep has a time to live, and makes room when memory runs short. (P10, 002)
 */
export function createRedis(
  name: string,
  site: Site,
  namespace: string,
  options: pulumi.ComponentResourceOptions,
): RedisReplication {
  return new RedisReplication(
    name,
    {
      site,
      namespace,
      storeName: "redis",
      sizes,
      sentinelSizes,
      behaviour: { eviction: "volatile-lru", snapshotSeconds: 3600 },
      bundle: "aiaas-redis",
      databases,
    },
    options,
  );
}
