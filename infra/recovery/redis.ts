import type { RedisCluster } from "../data/redis-cluster";
import type { RedisReplication } from "../data/redis-replication";
import type { Endpoint } from "../data/store";
import { replicas, type Site } from "../kit/site";
import { messagingSoftware } from "../platform/charts/messaging";
import { type RecoverableStore, storageTimes } from "./recoverable-store";

/** A user that owns nothing in the image. */
const user = 1000;

/**
 * A Redis: every hour the snapshot of a replica, or in a cluster of each leader. It is restored into a server of the same
 * version. (R1, 001)
 *
 * @param name names the jobs and the folder of the backups
 */
export function recoverableRedis(name: string, store: RedisReplication | RedisCluster): RecoverableStore {
  const { site, sizes } = store.args;
  const { storage, memory } = sizes[site.environment];
  const endpoint = source(site, store);
  const common = {
    image: messagingSoftware.valkey.image,
    user,
    workspace: storageTimes(storage, 1),
  };
  return {
    name,
    kind: "redis",
    period: "hourly",
    backup: {
      ...common,
      script: "redis-backup.sh",
      environment: {
        REDIS_HOST: endpoint.host,
        REDIS_PORT: String(endpoint.port),
        REDIS_CLUSTER: "members" in store.endpoints ? "yes" : "no",
        REDISCLI_AUTH: { secret: store.credentials, key: "password" },
      },
      calls: [endpoint],
      resources: { cpu: "50m", memory: "256Mi", cpuLimit: "500m" },
    },
    check: {
      ...common,
      script: "redis-check.sh",
      resources: { cpu: "100m", memory, cpuLimit: "1" },
    },
  };
}

/** Where the snapshot is taken: of a replica, where there is one, so that the master is spared. */
function source(site: Site, { endpoints }: RedisReplication | RedisCluster): Endpoint {
  if ("members" in endpoints) return endpoints.members;
  return replicas(site, 3) > 1 ? endpoints.replicas : endpoints.master;
}
