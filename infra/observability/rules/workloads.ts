import { backupAlerts } from "./backup-jobs";
import { type Rules, selectIn } from "./rule";

/** Containers of data stores: they fill the memory that they are given, and have alerts of their own. */
const stores =
  "postgres|pgbouncer|kafka|rabbitmq|qdrant|mongod|mongodb-agent|elasticsearch|.*redis.*|prometheus|loki|tempo";

/** Pods, volumes, autoscalers and jobs of any software. (O2, 001) */
export const workloadRules: Rules = (scope) => {
  const select = selectIn(scope);
  const here = `namespace="${scope.namespace}"`;
  const pod = `${here},pod="a-pod"`;
  const readiness = (notReady: string) => ({
    [`kube_pod_status_ready{${pod},condition="false"}`]: notReady,
    [`kube_pod_status_phase{${pod},phase="Running"}`]: "1x30",
  });
  const autoscaler = `${here},horizontalpodautoscaler="an-hpa"`;
  const scalingActive = (status: string) =>
    `kube_horizontalpodautoscaler_status_condition{${autoscaler},condition="ScalingActive",status="${status}"}`;
  const volume = `${here},persistentvolumeclaim="a-claim"`;
  const cronJob = `${here},cronjob="a-job"`;
  const set = `${here},statefulset="a-set"`;
  const available = `min by (namespace, persistentvolumeclaim) (${select("kubelet_volume_stats_available_bytes")} / ${select("kubelet_volume_stats_capacity_bytes")})`;
  const space = (bytes: number) => ({
    [`kubelet_volume_stats_available_bytes{${volume}}`]: `${bytes}x20`,
    [`kubelet_volume_stats_capacity_bytes{${volume}}`]: "100x20",
  });
  return {
    name: "workloads",
    alerts: [
      {
        alert: "HighMemoryUsage",
        expr: `sum by (namespace, pod, container) (${select("container_memory_working_set_bytes", 'container!=""', `container!~"${stores}"`)}) / sum by (namespace, pod, container) (${select("kube_pod_container_resource_limits", 'resource="memory"')}) > 0.8`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} is short of memory",
        description:
          "{{ $labels.container }} uses {{ $value | humanizePercentage }} of its memory; at all of it it is ended.",
        dashboard: "infrastructure",
        fires: {
          series: {
            [`container_memory_working_set_bytes{${pod},container="a-service"}`]: "90x20",
            [`kube_pod_container_resource_limits{${pod},container="a-service",resource="memory"}`]: "100x20",
          },
          at: "10m",
        },
        quiet: {
          series: {
            [`container_memory_working_set_bytes{${pod},container="postgres"}`]: "90x20",
            [`kube_pod_container_resource_limits{${pod},container="postgres",resource="memory"}`]: "100x20",
            [`container_memory_working_set_bytes{${pod},container="a-service"}`]: "70x20",
            [`kube_pod_container_resource_limits{${pod},container="a-service",resource="memory"}`]: "100x20",
          },
          at: "10m",
        },
      },
      {
        alert: "PodRestarting",
        expr: `sum by (namespace, pod, container) (increase(${select("kube_pod_container_status_restarts_total")}[30m])) > 3`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} restarts again and again",
        description: "{{ $labels.container }} was started {{ $value | humanize }} times in half an hour.",
        dashboard: "infrastructure",
        fires: {
          series: { [`kube_pod_container_status_restarts_total{${pod},container="a-service"}`]: "0+1x60" },
          at: "1h",
        },
        quiet: {
          series: { [`kube_pod_container_status_restarts_total{${pod},container="a-service"}`]: "0x30 1x30" },
          at: "40m",
        },
      },
      {
        alert: "PodPending",
        expr: `sum by (namespace, pod) (${select("kube_pod_status_phase", 'phase="Pending"')}) > 0`,
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} does not start",
        description: "It waits for a node with room, for a volume or for an image.",
        dashboard: "infrastructure",
        fires: { series: { [`kube_pod_status_phase{${pod},phase="Pending"}`]: "1x30" }, at: "20m" },
        quiet: { series: { [`kube_pod_status_phase{${pod},phase="Pending"}`]: "1x5 0x25" }, at: "20m" },
      },
      {
        alert: "PodNotReady",
        expr: `max by (namespace, pod) (${select("kube_pod_status_ready", 'condition="false"')}) > 0 and max by (namespace, pod) (${select("kube_pod_status_phase", 'phase="Running"')}) > 0`,
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} runs and is not ready",
        description: "It gets no requests, and a store counts one member less.",
        dashboard: "infrastructure",
        fires: { series: readiness("1x30"), at: "20m" },
        quiet: { series: readiness("1x5 0x25"), at: "20m" },
      },
      {
        alert: "StatefulSetDegraded",
        expr: `max by (namespace, statefulset) (${select("kube_statefulset_replicas")} - ${select("kube_statefulset_status_replicas_ready")}) > 0`,
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.statefulset }} lacks members",
        description: "{{ $value }} of its members are not ready: one more, and it may lose its quorum.",
        dashboard: "infrastructure",
        fires: {
          series: {
            [`kube_statefulset_replicas{${set}}`]: "3x30",
            [`kube_statefulset_status_replicas_ready{${set}}`]: "2x30",
          },
          at: "20m",
        },
        quiet: {
          series: {
            [`kube_statefulset_replicas{${set}}`]: "3x30",
            [`kube_statefulset_status_replicas_ready{${set}}`]: "2x5 3x25",
          },
          at: "20m",
        },
      },
      {
        alert: "AutoscalerAtMaximum",
        expr: `max by (namespace, horizontalpodautoscaler) (${select("kube_horizontalpodautoscaler_status_current_replicas")}) >= max by (namespace, horizontalpodautoscaler) (${select("kube_horizontalpodautoscaler_spec_max_replicas")})`,
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} cannot scale further",
        description: "All of its {{ $value }} replicas run: more load makes them slow.",
        dashboard: "infrastructure",
        fires: {
          series: {
            [`kube_horizontalpodautoscaler_status_current_replicas{${autoscaler}}`]: "20x30",
            [`kube_horizontalpodautoscaler_spec_max_replicas{${autoscaler}}`]: "20x30",
          },
          at: "20m",
        },
        quiet: {
          series: {
            [`kube_horizontalpodautoscaler_status_current_replicas{${autoscaler}}`]: "19x30",
            [`kube_horizontalpodautoscaler_spec_max_replicas{${autoscaler}}`]: "20x30",
          },
          at: "20m",
        },
      },
      {
        alert: "AutoscalerWithoutMetric",
        expr: `max by (namespace, horizontalpodautoscaler) (${select("kube_horizontalpodautoscaler_status_condition", 'condition="ScalingActive"', 'status="false"')}) == 1`,
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} does not scale",
        description: "A metric that it goes by is missing: load changes, and its replicas do not.",
        dashboard: "infrastructure",
        fires: { series: { [scalingActive("false")]: "1x30", [scalingActive("true")]: "0x30" }, at: "20m" },
        quiet: { series: { [scalingActive("false")]: "0x30", [scalingActive("true")]: "1x30" }, at: "20m" },
      },
      {
        alert: "VolumeNearlyFull",
        expr: `${available} < 0.15`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is nearly full",
        description: "{{ $value | humanizePercentage }} of the volume are left.",
        dashboard: "infrastructure",
        fires: { series: space(14), at: "10m" },
        quiet: { series: space(16), at: "10m" },
      },
      {
        alert: "VolumeFull",
        expr: `${available} < 0.05`,
        for: "1m",
        severity: "critical",
        summary: "{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is full",
        description:
          "{{ $value | humanizePercentage }} of the volume are left: what writes to it is about to stop.",
        dashboard: "infrastructure",
        fires: { series: space(4), at: "10m" },
        quiet: { series: space(6), at: "10m" },
      },
      {
        alert: "JobFailed",
        expr: `max by (namespace, job_name) (${select("kube_job_failed", 'condition="true"')}) > 0`,
        for: "1m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.job_name }} has failed",
        description: "All of its attempts are used up.",
        dashboard: "infrastructure",
        fires: {
          series: { [`kube_job_failed{${here},job_name="a-job",condition="true"}`]: "1x10" },
          at: "5m",
        },
        quiet: {
          series: { [`kube_job_failed{${here},job_name="a-job",condition="true"}`]: "0x10" },
          at: "5m",
        },
      },
      {
        alert: "CronJobMissed",
        expr: `time() - max by (namespace, cronjob) (${select("kube_cronjob_next_schedule_time")}) > 3600 unless on (namespace, cronjob) ${select("kube_cronjob_spec_suspend")} == 1`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.cronjob }} was not started",
        description: "It should have been {{ $value | humanizeDuration }} ago.",
        dashboard: "infrastructure",
        fires: {
          series: {
            [`kube_cronjob_next_schedule_time{${cronJob}}`]: "60x90",
            [`kube_cronjob_spec_suspend{${cronJob}}`]: "0x90",
          },
          at: "75m",
        },
        quiet: {
          series: {
            [`kube_cronjob_next_schedule_time{${cronJob}}`]: "60x90",
            [`kube_cronjob_spec_suspend{${cronJob}}`]: "1x90",
          },
          at: "75m",
        },
      },
      ...backupAlerts(scope),
    ],
  };
};
