import {
  atlasNamespace,
  hosts,
  isHighlyAvailable,
  type LiveCluster,
  whyNotMade,
} from "../cluster/live-cluster";
import { notChecked, type Row, verdictOf } from "../row";
import { differs, missing } from "./findings";

const name = "market-data-redis";
const seed = "001 Auto-scaling Configuration, Pod Disruption Budgets; Disaster Recovery, Redis Snapshots";

/** Redis Cluster: configuration and connectivity. (001, P10) */
export const redisRows: readonly Row<LiveCluster>[] = [
  {
    id: "redis-cluster-size",
    title: "The Redis Cluster has three leaders with a follower each",
    seed,
    appliesTo: (cluster) => hosts("atlas")(cluster) && isHighlyAvailable(cluster),
    check: (cluster) => {
      const namespace = atlasNamespace(cluster);
      const redis = cluster.state.find("RedisCluster", namespace, name);
      return verdictOf(
        redis === undefined
          ? [missing("RedisCluster", namespace, name)]
          : differs("RedisCluster", redis.metadata, "clusterSize", 3, redis.spec.clusterSize),
      );
    },
  },
  {
    id: "redis-cluster-members",
    title: "Every member of the Redis Cluster answers",
    seed,
    appliesTo: hosts("atlas"),
    check: (cluster) => {
      const namespace = atlasNamespace(cluster);
      const redis = cluster.state.find("RedisCluster", namespace, name);
      if (redis === undefined) return verdictOf([missing("RedisCluster", namespace, name)]);
      const roles = isHighlyAvailable(cluster) ? ["leader", "follower"] : ["leader"];
      const sets = roles.map((role) => ({
        role,
        members: cluster.state.find("StatefulSet", namespace, `${name}-${role}`),
      }));
      const standing = sets.flatMap(({ members }) => members ?? []);
      const absent = whyNotMade(cluster, "platform-redis-operator-release");
      if (standing.length === 0 && absent !== undefined) return notChecked(absent);
      return verdictOf(
        sets.flatMap(({ role, members }) => {
          return members === undefined
            ? [missing("StatefulSet", namespace, `${name}-${role}`)]
            : differs(
                "StatefulSet",
                members.metadata,
                "Ready members",
                redis.spec.clusterSize,
                members.status.readyReplicas,
              );
        }),
        standing,
      );
    },
  },
  {
    id: "redis-cluster-budget",
    title: "Drains leave the Redis Cluster four members, which is a quorum",
    seed,
    appliesTo: (cluster) => hosts("atlas")(cluster) && isHighlyAvailable(cluster),
    check: (cluster) => {
      const namespace = atlasNamespace(cluster);
      const budget = cluster.state.find("PodDisruptionBudget", namespace, name);
      return verdictOf(
        budget === undefined
          ? [missing("PodDisruptionBudget", namespace, name)]
          : differs("PodDisruptionBudget", budget.metadata, "minAvailable", 4, budget.spec.minAvailable),
      );
    },
  },
  {
    id: "redis-cluster-reachable",
    title: "Market Data may call the Redis Cluster, and the network lets it",
    seed: "001 Network Policies; Market Data Service, Failover",
    appliesTo: hosts("atlas"),
    check: (cluster) => {
      const namespace = atlasNamespace(cluster);
      return verdictOf(
        [name, "market-data"].flatMap((policy) =>
          cluster.state.find("NetworkPolicy", namespace, policy) === undefined
            ? [missing("NetworkPolicy", namespace, policy)]
            : [],
        ),
      );
    },
  },
];
