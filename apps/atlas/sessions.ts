import type * as pulumi from "@pulumi/pulumi";
import { RedisCluster } from "../../infra/data/redis-cluster";
import type { StoreSizes } from "../../infra/data/size";
import type { Site } from "../../infra/kit/site";

const sizes: StoreSizes = {
  production: { cpu: "250m", cpuLimit: "1000m", memory: "1Gi", memoryLimit: "2Gi", storage: "10Gi" },
  staging: { cpu: "25m", cpuLimit: "500m", memory: "128Mi", memoryLimit: "256Mi", storage: "10Gi" },
  development: { cpu: "10m", cpuLimit: "250m", memory: "64Mi", memoryLimit: "128Mi", storage: "1Gi" },
};

/** At most an hour of data may be lost. (001) */
const snapshotSeconds = 3600;

/** Sessions of Market Data's WebSockets: six members, four of which stay available during drains. (P10, A5, 001) */
export function createSessions(
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
      storeName: "market-data-redis",
      sizes,
      behaviour: { eviction: "volatile-lru", snapshotSeconds },
      bundle: "market-data-redis",
    },
    options,
  );
}
