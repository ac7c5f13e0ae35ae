import { added, changed, healthy, without, withoutPods } from "../changed-objects";
import type { Breakage } from "./breakage";

/** What can break of the cluster and the platform, and what each row says of it. */
export const platformBreakages: readonly Breakage[] = [
  {
    row: "nodes-ready",
    how: "a node that is lost",
    objects: () =>
      changed("Node", "node-us-east-1a", ["status", "conditions"], [{ type: "Ready", status: "Unknown" }]),
    names: "Node node-us-east-1a",
  },
  {
    row: "cards-seen",
    how: "a node whose image has no driver",
    objects: () =>
      added("Node", {
        metadata: { name: "node-gpu", labels: { accelerator: "nvidia-gpu" } },
        status: { conditions: [{ type: "Ready", status: "True" }], allocatable: { cpu: "8" } },
      }),
    names: "Node node-gpu",
  },
  {
    row: "workloads-running",
    how: "a Deployment scaled to nothing",
    objects: () => changed("Deployment", "ai-orchestrator", ["spec", "replicas"], 0),
    names: "Deployment atlas-ai-production/ai-orchestrator",
  },
  {
    row: "workloads-running",
    how: "a rollout that hangs",
    objects: () => changed("Deployment", "ai-orchestrator", ["status", "updatedReplicas"], 1),
    names: "Deployment atlas-ai-production/ai-orchestrator",
  },
  {
    row: "workloads-running",
    how: "a node agent that is missing",
    objects: () => changed("DaemonSet", "fluent-bit", ["status", "numberReady"], 2),
    names: "DaemonSet node-agents/fluent-bit",
  },
  {
    row: "pods-settled",
    how: "a pod without its image",
    objects: () =>
      changed(
        "Pod",
        "grafana-0",
        ["status", "containerStatuses"],
        [{ image: "registry.test/grafana:13", state: { waiting: { reason: "ImagePullBackOff" } } }],
      ),
    names: "ImagePullBackOff of registry.test/grafana:13",
  },
  {
    row: "load-balancers",
    how: "a load balancer that the cloud does not give",
    objects: () => changed("Service", "market-data-service", ["status"], {}),
    names: "Service atlas-ai-production/market-data-service",
  },
  {
    row: "hosts-published",
    how: "a host that the ingress has not taken",
    objects: () => changed("Ingress", "ai-services-ingress", ["status"], {}),
    names: "Ingress atlas-ai-production/ai-services-ingress",
  },
  ...(
    [
      ["prometheus-running", "atlas-monitoring", "prometheus"],
      ["alertmanager-running", "atlas-monitoring", "alertmanager"],
      ["grafana-running", "atlas-monitoring", "grafana"],
      ["traces-collected", "atlas-monitoring", "opentelemetry-collector"],
      ["traces-kept", "atlas-monitoring", "tempo"],
      ["logs-kept", "atlas-logging", "loki"],
    ] as const
  ).map(([row, namespace, name]) => ({
    row,
    how: "no pod",
    objects: () => withoutPods(namespace, name),
    names: `${name} in ${namespace}`,
  })),
  {
    row: "tracing-host",
    how: "the host deleted",
    objects: () => without("Ingress", "jaeger"),
    names: "Ingress atlas-monitoring/jaeger",
  },
  {
    row: "default-deny",
    how: "the policies deleted",
    objects: () => without("NetworkPolicy", "default-deny"),
    names: "Namespace marketresearch",
  },
  {
    row: "default-deny",
    how: "a policy for one direction only",
    objects: () => changed("NetworkPolicy", "default-deny", ["spec", "policyTypes"], ["Ingress"]),
    names: "none for Egress",
  },
  {
    row: "pod-security",
    how: "a namespace without a standard",
    objects: () =>
      added("Namespace", {
        metadata: { name: "extra", labels: { "app.kubernetes.io/part-of": "ai-platform" } },
      }),
    names: "Namespace extra",
  },
  {
    row: "zones",
    how: "a zone without nodes",
    objects: () => without("Node", "node-us-east-1c"),
    names: "us-east-1a, us-east-1b",
  },
  {
    row: "storage-classes",
    how: "a class deleted",
    objects: () => without("StorageClass", "fast-ssd"),
    names: "StorageClass fast-ssd",
  },
  {
    row: "claims-bound",
    how: "a volume that is gone",
    objects: () => changed("PersistentVolumeClaim", "model-cache-pvc", ["status", "phase"], "Lost"),
    names: "PersistentVolumeClaim atlas-ai-production/model-cache-pvc",
  },
  {
    row: "databases-backed-up",
    how: "the schedule suspended",
    objects: () => changed("ScheduledBackup", "timescaledb", ["spec", "suspend"], true),
    names: "Cluster.postgresql.cnpg.io atlas-ai-production/timescaledb",
  },
  {
    row: "cluster-backed-up",
    how: "Velero deleted",
    objects: () => without("Deployment", "velero"),
    names: "Deployment velero/velero",
  },
  {
    row: "runbook",
    how: "the ConfigMap deleted",
    objects: () => without("ConfigMap", "disaster-recovery-runbook"),
    names: "ConfigMap atlas-monitoring/disaster-recovery-runbook",
  },
  ...["latency-average", "latency-p95", "latency-p99", "error-rate"].map((row) => ({
    row,
    how: "a figure that is too high",
    objects: () => healthy,
    names: "Atlas, last 30 minutes",
    figure: 2,
  })),
];
