/** Software that reloads a changed Secret without a new pod. */
export interface Reloading {
  /** `Kind/name` of the custom resource, or the name of the chart's release. */
  readonly maker: string;
  /** Names of the Secrets; undefined means all that it reads. */
  readonly secrets?: readonly string[];
  readonly source: string;
}

/** Everything that is known to reload. */
export const reloading: readonly Reloading[] = [
  {
    maker: "Cluster",
    source: "CloudNativePG: the instance manager reads Secrets by the API and sets passwords and keys again",
  },
  {
    maker: "Pooler",
    source: "CloudNativePG: the pooler's manager watches its Secrets and reloads PgBouncer",
  },
  {
    maker: "Elasticsearch",
    source: "ECK: certificates, keys and file realms are reloaded by Elasticsearch itself",
  },
  { maker: "Kafka", source: "Strimzi: a changed Secret rolls the brokers, or is reloaded by them" },
  {
    maker: "MongoDBCommunity",
    source: "MongoDB's agent reads the wanted state, credentials and certificates among it, and applies it",
  },
  { maker: "Prometheus", source: "Prometheus operator: the reloader watches the configuration's Secret" },
  { maker: "Alertmanager", source: "Prometheus operator: the reloader watches the configuration's Secret" },
];
