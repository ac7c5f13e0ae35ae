import { DurationSeconds, OpsPerSecond, PercentUnit, Short } from "@grafana/grafana-foundation-sdk/units";
import { has } from "../../kit/site";
import { cardPanels } from "./cards";
import { scalingEvents } from "./containers";
import type { DashboardOf } from "./context";

/** The cluster itself: nodes, room, scaling, what brings requests in, backups, and what is observed. (001, 002) */
export const infrastructure: DashboardOf = ({ site, links }) => ({
  name: "infrastructure",
  title: "Infrastructure",
  owner: "platform",
  environments: [site.environment],
  sections: [
    {
      title: "Nodes",
      panels: [
        {
          title: "CPU",
          unit: PercentUnit,
          queries: {
            "{{instance}}": '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))',
          },
          limit: { above: 0.9 },
        },
        {
          title: "Memory",
          unit: PercentUnit,
          queries: { "{{instance}}": "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes" },
          limit: { above: 0.9 },
        },
        {
          title: "Disk",
          unit: PercentUnit,
          queries: {
            "{{instance}}":
              '1 - min by (instance) (node_filesystem_avail_bytes{fstype!~"tmpfs|overlay"} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay"})',
          },
          limit: { above: 0.85 },
        },
      ],
    },
    {
      title: "Pods",
      panels: [
        {
          title: "Nodes that are ready",
          kind: "number",
          unit: Short,
          queries: { nodes: 'sum(kube_node_status_condition{condition="Ready",status="true"})' },
        },
        {
          title: "Pods",
          unit: Short,
          queries: { "{{phase}}": "sum by (phase) (kube_pod_status_phase)" },
          runbook: links.runbook("PodPending"),
        },
        {
          title: "Restarts in half an hour",
          unit: Short,
          queries: {
            "{{namespace}}/{{container}}":
              "topk(10, sum by (namespace, container) (increase(kube_pod_container_status_restarts_total[30m])) > 0)",
          },
          limit: { above: 3 },
          runbook: links.runbook("PodRestarting"),
        },
        {
          title: "Autoscalers: replicas",
          unit: Short,
          queries: {
            "{{namespace}}/{{horizontalpodautoscaler}}":
              "max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas)",
          },
          runbook: links.runbook("AutoscalerAtMaximum"),
        },
        scalingEvents('namespace!=""', links),
        {
          title: "Slowed down for lack of CPU",
          unit: PercentUnit,
          queries: {
            "{{namespace}}/{{container}}":
              "topk(10, sum by (namespace, container) (rate(container_cpu_cfs_throttled_periods_total[5m])) / sum by (namespace, container) (rate(container_cpu_cfs_periods_total[5m])))",
          },
          limit: { above: 0.25 },
        },
        {
          title: "Volumes: what is left",
          unit: PercentUnit,
          queries: {
            "{{namespace}}/{{persistentvolumeclaim}}":
              "bottomk(15, min by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes))",
          },
          limit: { below: 0.15 },
          runbook: links.runbook("VolumeNearlyFull"),
        },
      ],
    },
    { title: "GPU", panels: cardPanels(site, links) },
    {
      title: "Edge",
      panels: [
        {
          title: "Requests",
          unit: OpsPerSecond,
          queries: { "{{pod}}": "sum by (pod) (rate(nginx_ingress_nginx_http_requests_total[5m]))" },
        },
        {
          title: "Open connections",
          unit: Short,
          queries: { "{{pod}}": "sum by (pod) (nginx_ingress_nginx_connections_active)" },
        },
        {
          title: "Certificates: time left",
          unit: DurationSeconds,
          queries: {
            "{{exported_namespace}}/{{name}}":
              "bottomk(10, min by (exported_namespace, name) (certmanager_certificate_expiration_timestamp_seconds > 0) - time())",
          },
          limit: { below: 14 * 86_400 },
          runbook: links.runbook("CertificateExpiring"),
        },
      ],
    },
    {
      title: "Keeping",
      panels: [
        ...(has(site, "backup") && site.cluster.buckets.backups
          ? [
              {
                title: "Age of the cluster's newest backup",
                kind: "number" as const,
                unit: DurationSeconds,
                queries: {
                  "{{schedule}}":
                    'time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule!=""} > 0)',
                },
                limit: { above: 26 * 3600 },
                runbook: links.runbook("ClusterBackupLate"),
              },
            ]
          : []),
        ...(has(site, "logging")
          ? [
              {
                title: "Lines of logs",
                unit: OpsPerSecond,
                queries: {
                  "Loki, {{tenant}}": "sum by (tenant) (rate(loki_distributor_lines_received_total[5m]))",
                  "Fluent Bit, {{name}}": "sum by (name) (rate(fluentbit_output_proc_records_total[5m]))",
                },
                runbook: links.runbook("LogsLost"),
              },
            ]
          : []),
        ...(has(site, "tracing")
          ? [
              {
                title: "Spans",
                unit: OpsPerSecond,
                queries: {
                  taken: "sum(rate(otelcol_receiver_accepted_spans_total[5m]))",
                  sent: "sum(rate(otelcol_exporter_sent_spans_total[5m]))",
                },
                runbook: links.runbook("SpansLost"),
              },
            ]
          : []),
        {
          title: "Series in Prometheus",
          unit: Short,
          queries: { "{{pod}}": "max by (pod) (prometheus_tsdb_head_series)" },
        },
      ],
    },
  ],
});
