import { counter, type Exporter, gauge } from "../../../infra/observability/exposition";

const replicaSetMember = [
  "rs_nm",
  "rs_state",
  "cl_name",
  "cl_role",
  "group_id",
  "member_idx",
  "member_state",
];
const request = ["method", "endpoint", "status"] as const;

/** What the data stores tell of themselves. (O3) */
export const storeExporters = {
  kafka: {
    scrape: { selects: "strimzi.io/name", ending: "-kafka" },
    source: "Strimzi Metrics Reporter: names are those of Kafka's own metrics, with their tags as labels",
    metrics: {
      kafka_controller_kafkacontroller_offlinepartitionscount: gauge(),
      kafka_server_brokertopicmetrics_messagesinpersec_total: counter("topic"),
      kafka_server_replicamanager_underreplicatedpartitions: gauge(),
    },
  },
  "kafka-exporter": {
    scrape: { selects: "strimzi.io/name", ending: "-kafka-exporter" },
    source: "kafka_exporter: README, consumer groups",
    metrics: { kafka_consumergroup_lag: gauge("consumergroup", "topic", "partition") },
  },
  rabbitmq: {
    scrape: { selects: "app.kubernetes.io/name", value: "rabbitmq" },
    source: "RabbitMQ 4: Monitoring with Prometheus; `rabbitmq_detailed_` of /metrics/detailed by family",
    metrics: {
      rabbitmq_alarms_free_disk_space_watermark: gauge(),
      rabbitmq_alarms_memory_used_watermark: gauge(),
      rabbitmq_detailed_queue_messages_ready: gauge("vhost", "queue"),
      rabbitmq_detailed_queue_messages_unacked: gauge("vhost", "queue"),
      rabbitmq_global_messages_dead_lettered_delivery_limit_total: counter(
        "queue_type",
        "dead_letter_strategy",
      ),
    },
  },
  redis: {
    scrape: { selects: "redis_setup_type" },
    source: "redis_exporter: exporter/exporter.go",
    metrics: {
      redis_cluster_state: gauge(),
      redis_commands_processed_total: counter(),
      redis_connected_clients: gauge(),
      redis_keyspace_hits_total: counter(),
      redis_keyspace_misses_total: counter(),
      redis_memory_max_bytes: gauge(),
      redis_memory_used_bytes: gauge(),
      redis_rdb_changes_since_last_save: gauge(),
      redis_rdb_last_save_timestamp_seconds: gauge(),
      redis_up: gauge(),
    },
  },
  postgresql: {
    scrape: { selects: "cnpg.io/cluster" },
    source:
      "CloudNativePG: Monitoring and its default queries; plugin-barman-cloud: Observability (0 without a backup)",
    metrics: {
      barman_cloud_cloudnative_pg_io_last_available_backup_timestamp: { ...gauge(), zeroIsNone: true },
      cnpg_backends_total: gauge("datname", "state", "usename", "application_name"),
      cnpg_collector_up: gauge("cluster"),
      cnpg_pg_database_size_bytes: gauge("datname"),
      cnpg_pg_replication_lag: gauge(),
      cnpg_pg_stat_archiver_last_archived_time: gauge(),
      cnpg_pg_stat_archiver_last_failed_time: gauge(),
      // By the program's own query: infra/data/statement-times.ts
      cnpg_statement_times_p95_seconds: gauge(),
      cnpg_pg_stat_database_blks_hit: counter("datname"),
      cnpg_pg_stat_database_blks_read: counter("datname"),
    },
  },
  pgbouncer: {
    scrape: { selects: "cnpg.io/poolerName" },
    source: "CloudNativePG: Connection pooling, monitoring",
    metrics: { cnpg_pgbouncer_pools_cl_waiting: gauge("database", "user") },
  },
  mongodb: {
    scrape: { selects: "app", ending: "-mongodb-svc" },
    source: "MongoDB Kubernetes Operator: Prometheus; the members are told by the agent of each",
    metrics: {
      mongodb_connections_current: gauge(...replicaSetMember),
      mongodb_members_health: gauge(...replicaSetMember),
    },
  },
  qdrant: {
    scrape: { release: "qdrant", when: "metrics.serviceMonitor.enabled" },
    honorsLabels: true,
    source: "Qdrant: Monitoring; src/common/metrics.rs",
    metrics: {
      cluster_pending_operations_total: gauge(),
      rest_responses_fail_total: counter(...request),
      rest_responses_total: counter(...request),
    },
  },
} as const satisfies Readonly<Record<string, Exporter>>;
