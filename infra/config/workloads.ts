/**
 * Everything that runs on the clusters and may be handed a secret, by who owns it. A name that is not here is nobody's: a
 * bundle cannot give secrets to it. Data stores and exporters count for the platform, whichever system they serve.
 */
export const workloads = {
  atlas: [
    "ab-testing",
    "ai-backup",
    "ai-engine",
    "ai-orchestrator",
    "anonymised-data",
    "data-anonymiser",
    "ai-restore-check",
    "market-data",
    "ml-pipeline",
    "model-repository-sync",
    "model-serving-gpu",
    "sample-data",
  ],
  aiaas: ["aiaas-backup", "aiaas-restore-check", "analytics", "api-router", "user-organization", "vllm"],
  "ai-middleware": [
    "ai-middleware",
    "ai-middleware-backup",
    "ai-middleware-restore-check",
    "ai-middleware-worker",
  ],
  "market-research": [
    "documents-sync",
    "embedder",
    "inference-api",
    "model-sync",
    "model-training",
    "ner-service",
  ],
  platform: [
    "alertmanager",
    "argocd-application-controller",
    "argocd-redis",
    "argocd-repo-server",
    "argocd-server",
    "elasticsearch",
    "elasticsearch-retention",
    "external-dns",
    "fluent-bit",
    "grafana",
    "harbor-core",
    "harbor-exporter",
    "harbor-jobservice",
    "harbor-registry",
    "jaeger",
    "kafka",
    "kibana",
    "loki",
    "mlflow",
    "mongodb",
    "mongodb-exporter",
    "nginx-ingress",
    "opentelemetry-collector",
    "postgres-exporter",
    "postgresql",
    "prometheus",
    "qdrant",
    "rabbitmq",
    "redis",
    "redis-exporter",
    "registry-setup",
    "tempo",
    "timescaledb",
    "trivy",
    "velero",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Who owns workloads: one of the four systems, or the platform itself. */
export type WorkloadOwner = keyof typeof workloads;

/** A workload of any owner. */
export type WorkloadName = (typeof workloads)[WorkloadOwner][number];

/** Every workload's name. */
export const workloadNames: readonly WorkloadName[] = Object.values(workloads).flat();
