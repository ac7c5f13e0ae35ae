import { counter, type Exporter, gauge } from "../../../infra/observability/exposition";
import { faultyLines } from "../../../infra/platform/log-contract";

const certificate = ["name", "namespace", "issuer_name", "issuer_kind", "issuer_group"] as const;

/** What the platform's services tell of themselves. (O3) */
export const platformExporters = {
  loki: {
    scrape: { release: "loki", when: "monitoring.serviceMonitor.enabled" },
    source: "Loki 3: pkg/validation/validate.go, pkg/distributor",
    metrics: {
      loki_discarded_samples_total: counter("tenant", "reason", "retention_hours", "policy"),
      loki_distributor_lines_received_total: counter("tenant", "aggregated_metric", "policy"),
    },
  },
  "fluent-bit": {
    scrape: { release: "fluent-bit", when: "serviceMonitor.enabled" },
    source: "Fluent Bit: Monitoring, metrics of API v2",
    metrics: {
      fluentbit_output_dropped_records_total: counter("name"),
      fluentbit_output_proc_records_total: counter("name"),
      fluentbit_output_retries_failed_total: counter("name"),
    },
  },
  // What Fluent Bit counts of the lines that it reads, at an exporter of its own.
  "log-contract": {
    scrape: { release: "fluent-bit", when: "serviceMonitor.enabled" },
    source: "Fluent Bit: filter log_to_metrics, with the fields that the program's own configuration names",
    metrics: { [faultyLines]: counter("log_fault", "log_service") },
  },
  // Counters end in `_total` because the collector's reader is configured, and not its default. (opentelemetry.io)
  "otel-collector": {
    scrape: { release: "opentelemetry-collector", when: "serviceMonitor.enabled" },
    source: "OpenTelemetry Collector: Internal telemetry",
    metrics: {
      otelcol_exporter_send_failed_spans_total: counter("exporter", "otel_scope_name", "otel_scope_version"),
      otelcol_exporter_sent_spans_total: counter("exporter", "otel_scope_name", "otel_scope_version"),
      otelcol_receiver_accepted_spans_total: counter("receiver", "transport", "otel_scope_name"),
      otelcol_receiver_refused_spans_total: counter("receiver", "transport", "otel_scope_name"),
    },
  },
  velero: {
    scrape: { release: "velero", when: "metrics.serviceMonitor.enabled" },
    source: "Velero: pkg/metrics/metrics.go",
    metrics: {
      velero_backup_failure_total: counter("schedule"),
      velero_backup_last_successful_timestamp: { ...gauge("schedule"), zeroIsNone: true },
      velero_backup_partial_failure_total: counter("schedule"),
    },
  },
  "cert-manager": {
    scrape: { release: "cert-manager", when: "prometheus.servicemonitor.enabled" },
    source: "cert-manager: Prometheus metrics; the expiration is 0 until a certificate is issued",
    metrics: {
      certmanager_certificate_expiration_timestamp_seconds: { ...gauge(...certificate), zeroIsNone: true },
      certmanager_certificate_ready_status: gauge(...certificate, "condition"),
    },
  },
  "nginx-ingress": {
    scrape: { release: "nginx-ingress", when: "prometheus.serviceMonitor.create" },
    source: "F5 NGINX Ingress Controller: Prometheus",
    metrics: {
      nginx_ingress_controller_nginx_last_reload_status: gauge("class"),
      nginx_ingress_nginx_connections_active: gauge("class"),
      nginx_ingress_nginx_http_requests_total: counter("class"),
    },
  },
  "argo-cd": {
    scrape: { release: "argocd", when: "controller.metrics.serviceMonitor.enabled" },
    source: "Argo CD: Metrics, application controller",
    metrics: {
      argocd_app_info: gauge(
        "name",
        "namespace",
        "project",
        "repo",
        "dest_server",
        "dest_namespace",
        "health_status",
        "sync_status",
        "operation",
      ),
    },
  },
  "external-secrets": {
    scrape: { release: "external-secrets", when: "serviceMonitor.enabled" },
    source: "External Secrets Operator: Metrics",
    metrics: {
      externalsecret_status_condition: gauge("name", "namespace", "condition", "status"),
    },
  },
} as const satisfies Readonly<Record<string, Exporter>>;
