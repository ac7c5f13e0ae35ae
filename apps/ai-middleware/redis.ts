import type * as pulumi from "@pulumi/pulumi";
import { RedisCluster } from "../../infra/data/redis-cluster";
import type { StoreSizes } from "../../infra/data/size";
import type { Site } from "../../infra/kit/site";

/** Production as 003 has it. */
const sizes: StoreSizes = {
  production: { cpu: "100m", cpuLimit: "200m", memory: "256Mi", memoryLimit: "512Mi", storage: "10Gi" },
  staging: { cpu: "25m", cpuLimit: "200m", memory: "128Mi", memoryLimit: "256Mi", storage: "10Gi" },
  development: { cpu: "10m", cpuLimit: "200m", memory: "64Mi", memoryLimit: "128Mi", storage: "1Gi" },
};

/** The AI Middleware's Redis cluster: the three of 003, joined, and a follower for each. (P10, M4, 003) */
export function createRedis(
  name: string,
  site: Site,
  namespace: string,
  options: pulumi.ComponentResourceOptions,
): RedisCluster {
  return new RedisCluster(
    name,
    {
      site,
      namespace,
      storeName: "redis",
      sizes,
      behaviour: { eviction: "volatile-lru", snapshotSeconds: 3600 },
      bundle: "ai-middleware-redis",
    },
    options,
  );
}
