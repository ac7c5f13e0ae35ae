import type * as pulumi from "@pulumi/pulumi";
import { RedisReplication } from "../../infra/data/redis-replication";
import type { StoreSizes } from "../../infra/data/size";
import type { Site } from "../../infra/kit/site";

const sizes: StoreSizes = {
  production: { cpu: "250m", cpuLimit: "1000m", memory: "1Gi", memoryLimit: "2Gi", storage: "10Gi" },
  staging: { cpu: "25m", cpuLimit: "500m", memory: "128Mi", memoryLimit: "256Mi", storage: "10Gi" },
  development: { cpu: "10m", cpuLimit: "250m", memory: "64Mi", memoryLimit: "128Mi", storage: "1Gi" },
};

/** Production as 000 has it. */
const sentinelSizes: StoreSizes = {
  production: { cpu: "100m", cpuLimit: "200m", memory: "256Mi", memoryLimit: "512Mi", storage: "0" },
  staging: { cpu: "10m", cpuLimit: "100m", memory: "64Mi", memoryLimit: "128Mi", storage: "0" },
  development: { cpu: "10m", cpuLimit: "100m", memory: "32Mi", memoryLimit: "64Mi", storage: "0" },
};

/** Atlas' cache: the Sentinels of 000, `redis-sentinel`, with the Redis that they are for. (P10, 000) */
export function createCache(
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
      behaviour: { eviction: "allkeys-lru", snapshotSeconds: 3600 },
      bundle: "redis-credentials",
      databases: { url: 0 },
    },
    options,
  );
}
