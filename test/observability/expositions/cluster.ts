import { counter, type Exporter, gauge } from "../../../infra/observability/exposition";

const stack = "kube-prometheus-stack";

const container = ["namespace", "pod", "container", "id", "image", "name"] as const;
const claim = ["namespace", "persistentvolumeclaim"] as const;
const autoscaler = ["namespace", "horizontalpodautoscaler"] as const;
const cronJob = ["namespace", "cronjob"] as const;
const deployment = ["namespace", "deployment"] as const;
const statefulSet = ["namespace", "statefulset"] as const;
const pod = ["namespace", "pod", "uid"] as const;
const fileSystem = ["device", "device_error", "fstype", "mountpoint"] as const;

/** What the cluster tells of itself. (O3, P2) */
export const clusterExporters = {
  prometheus: {
    scrape: { release: stack },
    source: "Prometheus: `up` of every target, `ALERTS` of every rule, and its own metrics",
    metrics: {
      up: gauge(),
      ALERTS: gauge("alertname", "alertstate", "severity", "team", "system", "environment", "namespace"),
      prometheus_tsdb_head_series: gauge(),
      prometheus_rule_evaluation_failures_total: counter("rule_group"),
    },
  },
  kubelet: {
    scrape: { release: stack },
    target: "node",
    honorsLabels: true,
    source:
      "cAdvisor: Monitoring cAdvisor with Prometheus; Kubernetes: Metrics reference, kubelet_volume_stats",
    metrics: {
      container_cpu_usage_seconds_total: counter(...container, "cpu"),
      container_memory_working_set_bytes: gauge(...container),
      container_cpu_cfs_periods_total: counter(...container),
      container_cpu_cfs_throttled_periods_total: counter(...container),
      kubelet_volume_stats_available_bytes: gauge(...claim),
      kubelet_volume_stats_capacity_bytes: gauge(...claim),
    },
  },
  "kube-state-metrics": {
    scrape: { release: stack, when: "kube-state-metrics.prometheus.monitor.enabled" },
    honorsLabels: true,
    source: "kube-state-metrics 2.20: docs/metrics",
    metrics: {
      kube_cronjob_created: gauge(...cronJob),
      kube_cronjob_next_schedule_time: gauge(...cronJob),
      kube_cronjob_spec_suspend: gauge(...cronJob),
      kube_cronjob_status_last_successful_time: gauge(...cronJob),
      kube_deployment_spec_replicas: gauge(...deployment),
      kube_deployment_status_replicas_available: gauge(...deployment),
      kube_horizontalpodautoscaler_spec_max_replicas: gauge(...autoscaler),
      kube_horizontalpodautoscaler_status_condition: gauge(...autoscaler, "condition", "status"),
      kube_horizontalpodautoscaler_status_current_replicas: gauge(...autoscaler),
      kube_horizontalpodautoscaler_status_desired_replicas: gauge(...autoscaler),
      kube_job_failed: gauge("namespace", "job_name", "condition"),
      kube_node_status_condition: gauge("node", "condition", "status"),
      kube_pod_container_resource_limits: gauge(...pod, "container", "node", "resource", "unit"),
      kube_pod_container_status_restarts_total: counter(...pod, "container"),
      kube_pod_status_phase: gauge(...pod, "phase"),
      kube_pod_status_ready: gauge(...pod, "condition"),
      kube_statefulset_replicas: gauge(...statefulSet),
      kube_statefulset_status_replicas_ready: gauge(...statefulSet),
    },
  },
  "node-exporter": {
    scrape: { release: stack },
    honorsLabels: true,
    source: "node_exporter 1.x: collectors cpu, filesystem and meminfo",
    metrics: {
      node_cpu_seconds_total: counter("cpu", "mode"),
      node_filesystem_avail_bytes: gauge(...fileSystem),
      node_filesystem_size_bytes: gauge(...fileSystem),
      node_memory_MemAvailable_bytes: gauge(),
      node_memory_MemTotal_bytes: gauge(),
    },
  },
  "dcgm-exporter": {
    scrape: { release: "dcgm-exporter", when: "serviceMonitor.enabled" },
    source: "dcgm-exporter 4.8.2: rendermetrics and gpu_collector; later releases write `hostname`",
    metrics: {
      DCGM_FI_DEV_FB_FREE: gauge(...card()),
      DCGM_FI_DEV_FB_USED: gauge(...card()),
      DCGM_FI_DEV_GPU_TEMP: gauge(...card()),
      DCGM_FI_DEV_GPU_UTIL: gauge(...card()),
      DCGM_FI_DEV_XID_ERRORS: {
        ...gauge(...card(), "err_code", "err_msg"),
        moving: ["err_code", "err_msg"],
      },
    },
  },
} as const satisfies Readonly<Record<string, Exporter>>;

/** A card, and the pod that has it. */
function card(): readonly string[] {
  return ["gpu", "UUID", "pci_bus_id", "device", "modelName", "Hostname", "namespace", "pod", "container"];
}
