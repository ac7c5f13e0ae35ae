import { faultyLines } from "../platform/log-contract";

/**
 * What makes Prometheus read an exporter: a release, with the value that switches its monitor on where it has one; or
 * monitors of this program's own, told by a label that they select pods by.
 */
export type Scrape =
  | { readonly release: string; readonly when?: string }
  | { readonly selects: string; readonly value?: string };

/** Someone who shows metrics. */
export interface Exporter {
  readonly scrape: Scrape;
  /** The metrics that dashboards and rules may use, by the names that Prometheus stores them under. */
  readonly metrics: readonly string[];
}

const stack = "kube-prometheus-stack";

/** The three series of a histogram. */
function histogram(name: string): readonly string[] {
  return ["bucket", "count", "sum"].map((series) => `${name}_${series}`);
}

/** What 003 has its API show, and every other service that answers HTTP: who asks for what, how it ends, how long it takes. */
const http = ["http_requests_total", ...histogram("http_request_duration_seconds")];

/** Inference, as 000's dashboard and 001's autoscaler have it. */
const inference = histogram("model_inference_duration_seconds");

function workload(name: string, ...metrics: readonly string[]): Exporter {
  return { scrape: { selects: "app", value: name }, metrics };
}

/**
 * Every exporter that dashboards and rules rely on, and what it yields. The images of the systems' services are not part
 * of this repository: of them it says what they have to show. (O1, O3, 000-004)
 */
export const exporters = {
  prometheus: {
    scrape: { release: stack },
    metrics: ["up", "ALERTS", "prometheus_tsdb_head_series", "prometheus_rule_evaluation_failures_total"],
  },
  kubelet: {
    scrape: { release: stack },
    metrics: [
      "container_cpu_usage_seconds_total",
      "container_memory_working_set_bytes",
      "container_cpu_cfs_periods_total",
      "container_cpu_cfs_throttled_periods_total",
      "kubelet_volume_stats_available_bytes",
      "kubelet_volume_stats_capacity_bytes",
    ],
  },
  "kube-state-metrics": {
    scrape: { release: stack, when: "kube-state-metrics.prometheus.monitor.enabled" },
    metrics: [
      "kube_cronjob_next_schedule_time",
      "kube_cronjob_spec_suspend",
      "kube_cronjob_status_last_successful_time",
      "kube_deployment_spec_replicas",
      "kube_deployment_status_replicas_available",
      "kube_horizontalpodautoscaler_spec_max_replicas",
      "kube_horizontalpodautoscaler_status_current_replicas",
      "kube_job_failed",
      "kube_node_status_condition",
      "kube_pod_container_resource_limits",
      "kube_pod_container_status_restarts_total",
      "kube_pod_status_phase",
      "kube_statefulset_replicas",
      "kube_statefulset_status_replicas_ready",
    ],
  },
  "node-exporter": {
    scrape: { release: stack },
    metrics: [
      "node_cpu_seconds_total",
      "node_filesystem_avail_bytes",
      "node_filesystem_size_bytes",
      "node_memory_MemAvailable_bytes",
      "node_memory_MemTotal_bytes",
    ],
  },
  loki: {
    scrape: { release: "loki", when: "monitoring.serviceMonitor.enabled" },
    metrics: ["loki_discarded_samples_total", "loki_distributor_lines_received_total"],
  },
  "fluent-bit": {
    scrape: { release: "fluent-bit", when: "serviceMonitor.enabled" },
    metrics: [
      "fluentbit_output_dropped_records_total",
      "fluentbit_output_proc_records_total",
      "fluentbit_output_retries_failed_total",
    ],
  },
  // What Fluent Bit counts of the lines that it reads, at an exporter of its own.
  "log-contract": {
    scrape: { release: "fluent-bit", when: "serviceMonitor.enabled" },
    metrics: [faultyLines],
  },
  // Counters end in `_total` because the collector's reader is configured, and not its default. (opentelemetry.io)
  "otel-collector": {
    scrape: { release: "opentelemetry-collector", when: "serviceMonitor.enabled" },
    metrics: [
      "otelcol_exporter_send_failed_spans_total",
      "otelcol_exporter_sent_spans_total",
      "otelcol_receiver_accepted_spans_total",
      "otelcol_receiver_refused_spans_total",
    ],
  },
  velero: {
    scrape: { release: "velero", when: "metrics.serviceMonitor.enabled" },
    metrics: [
      "velero_backup_failure_total",
      "velero_backup_last_successful_timestamp",
      "velero_backup_partial_failure_total",
    ],
  },
  "cert-manager": {
    scrape: { release: "cert-manager", when: "prometheus.servicemonitor.enabled" },
    metrics: ["certmanager_certificate_expiration_timestamp_seconds", "certmanager_certificate_ready_status"],
  },
  "nginx-ingress": {
    scrape: { release: "nginx-ingress", when: "prometheus.serviceMonitor.create" },
    metrics: [
      "nginx_ingress_controller_nginx_last_reload_status",
      "nginx_ingress_nginx_connections_active",
      "nginx_ingress_nginx_http_requests_total",
    ],
  },
  "dcgm-exporter": {
    scrape: { release: "dcgm-exporter", when: "serviceMonitor.enabled" },
    metrics: [
      "DCGM_FI_DEV_FB_FREE",
      "DCGM_FI_DEV_FB_USED",
      "DCGM_FI_DEV_GPU_TEMP",
      "DCGM_FI_DEV_GPU_UTIL",
      "DCGM_FI_DEV_XID_ERRORS",
    ],
  },
  "argo-cd": {
    scrape: { release: "argocd", when: "controller.metrics.serviceMonitor.enabled" },
    metrics: ["argocd_app_info"],
  },
  "external-secrets": {
    scrape: { release: "external-secrets", when: "serviceMonitor.enabled" },
    metrics: ["externalsecret_status_condition"],
  },
  kafka: {
    scrape: { selects: "strimzi.io/name", value: "atlas-kafka-cluster-kafka" },
    metrics: [
      "kafka_controller_kafkacontroller_offlinepartitionscount",
      "kafka_server_brokertopicmetrics_messagesinpersec_total",
      "kafka_server_replicamanager_underreplicatedpartitions",
    ],
  },
  "kafka-exporter": {
    scrape: { selects: "strimzi.io/name", value: "atlas-kafka-cluster-kafka-exporter" },
    metrics: ["kafka_consumergroup_lag"],
  },
  rabbitmq: {
    scrape: { selects: "app.kubernetes.io/name", value: "rabbitmq" },
    metrics: [
      "rabbitmq_alarms_free_disk_space_watermark",
      "rabbitmq_alarms_memory_used_watermark",
      "rabbitmq_global_messages_dead_lettered_delivery_limit_total",
      "rabbitmq_queue_messages_ready",
      "rabbitmq_queue_messages_unacked",
    ],
  },
  redis: {
    scrape: { selects: "redis_setup_type" },
    metrics: [
      "redis_cluster_state",
      "redis_commands_processed_total",
      "redis_connected_clients",
      "redis_memory_max_bytes",
      "redis_memory_used_bytes",
      "redis_rdb_changes_since_last_save",
      "redis_rdb_last_save_timestamp_seconds",
      "redis_up",
    ],
  },
  postgresql: {
    scrape: { selects: "cnpg.io/cluster" },
    metrics: [
      "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp",
      "cnpg_backends_total",
      "cnpg_collector_up",
      "cnpg_pg_database_size_bytes",
      "cnpg_pg_replication_lag",
      "cnpg_pg_stat_archiver_last_archived_time",
      "cnpg_pg_stat_archiver_last_failed_time",
    ],
  },
  pgbouncer: {
    scrape: { selects: "cnpg.io/poolerName" },
    metrics: ["cnpg_pgbouncer_pools_cl_waiting"],
  },
  mongodb: {
    scrape: { selects: "app", value: "ai-middleware-mongodb-svc" },
    metrics: ["mongodb_connections_current", "mongodb_members_health"],
  },
  qdrant: {
    scrape: { release: "qdrant", when: "metrics.serviceMonitor.enabled" },
    metrics: ["cluster_pending_operations_total", "rest_responses_fail_total", "rest_responses_total"],
  },

  "ai-orchestrator": workload("ai-orchestrator", ...http, ...inference),
  "ai-engine": workload("ai-engine", ...http, ...inference),
  "ml-pipeline": workload("ml-pipeline", ...http, "model_accuracy_score", "feature_drift_score"),
  "market-data": workload("market-data", ...http, "websocket_connections"),
  "model-serving-gpu": workload(
    "model-serving-gpu",
    "nv_inference_pending_request_count",
    "nv_inference_request_failure",
    "nv_inference_request_success",
  ),

  "api-router": workload("api-router", ...http),
  "user-organization": workload("user-organization", ...http),
  analytics: workload("analytics", ...http),
  vllm: workload(
    "vllm",
    "vllm:generation_tokens_total",
    "vllm:kv_cache_usage_perc",
    "vllm:num_requests_running",
    "vllm:num_requests_waiting",
    ...histogram("vllm:time_to_first_token_seconds"),
  ),

  "ai-middleware": workload("ai-middleware", ...http, "ai_requests_total"),

  // By 004's table of what to show; its counter tells by `status` how requests end, like everybody's.
  "inference-api": workload(
    "inference-api",
    "inference_requests_total",
    ...histogram("inference_latency_seconds"),
    "embedding_index_size",
  ),
  "ner-service": workload("ner-service", "ner_entities_extracted"),
} as const satisfies Readonly<Record<string, Exporter>>;

/** Who shows metrics, by name. */
export type ExporterName = keyof typeof exporters;
