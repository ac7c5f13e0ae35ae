import { changed, container, engine, market, metric, withInstances, without } from "../changed-objects";
import type { Breakage } from "./breakage";

/** What can break of the systems' workloads, and what each row says of it. */
export const systemBreakages: readonly Breakage[] = [
  {
    row: "ai-engine-running",
    how: "a replica that is not Ready",
    objects: () => changed("Deployment", engine, ["status", "readyReplicas"], 2),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-running",
    how: "the Deployment deleted",
    objects: () => without("Deployment", engine),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-probes",
    how: "no startup probe",
    objects: () => changed("Deployment", engine, [...container, "startupProbe"], undefined),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-resources",
    how: "other limits",
    objects: () =>
      changed("Deployment", engine, [...container, "resources", "limits"], {
        cpu: "2",
        memory: "2Gi",
      }),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-rollout",
    how: "replicas that an update may take away",
    objects: () => changed("Deployment", engine, ["spec", "strategy", "rollingUpdate", "maxUnavailable"], 1),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-hardened",
    how: "a writable file system",
    objects: () =>
      changed("Deployment", engine, [...container, "securityContext", "readOnlyRootFilesystem"], false),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "market-data-running",
    how: "the Deployment scaled to nothing",
    objects: () => changed("Deployment", market, ["spec", "replicas"], 0),
    names: "Deployment atlas-ai-production/market-data",
  },
  {
    row: "market-data-entrance",
    how: "a load balancer in one zone at a time",
    objects: () => changed("Service", "market-data-service", ["metadata", "annotations"], {}),
    names: "Service atlas-ai-production/market-data-service",
  },
  {
    row: "market-data-sessions",
    how: "an address in clear",
    objects: () =>
      changed(
        "Deployment",
        market,
        [...container, "env"],
        [{ name: "SESSION_STORE_URL", value: "redis://" }],
      ),
    names: "Deployment atlas-ai-production/market-data",
  },
  {
    row: "market-data-rate-limit",
    how: "no limit",
    objects: () => changed("Deployment", market, [...container, "env"], []),
    names: "Deployment atlas-ai-production/market-data",
  },
  {
    row: "redis-cluster-size",
    how: "a leader less",
    objects: () => changed("RedisCluster", "market-data-redis", ["spec", "clusterSize"], 2),
    names: "RedisCluster atlas-ai-production/market-data-redis",
  },
  {
    row: "redis-cluster-members",
    how: "a follower that is down",
    objects: () => changed("StatefulSet", "market-data-redis-follower", ["status", "readyReplicas"], 2),
    names: "StatefulSet atlas-ai-production/market-data-redis-follower",
  },
  {
    row: "redis-cluster-budget",
    how: "the budget deleted",
    objects: () => without("PodDisruptionBudget", "market-data-redis"),
    names: "PodDisruptionBudget atlas-ai-production/market-data-redis",
  },
  {
    row: "redis-cluster-reachable",
    how: "the policy deleted",
    objects: () => without("NetworkPolicy", "market-data-redis"),
    names: "NetworkPolicy atlas-ai-production/market-data-redis",
  },
  {
    row: "traces-collected",
    how: "a service that is not told where to send spans",
    objects: () => changed("Deployment", engine, [...container, "env"], []),
    names: "Deployment atlas-ai-production/ai-engine",
  },
  {
    row: "traces-collected",
    how: "a service that is not let out",
    objects: () => changed("NetworkPolicy", engine, ["spec", "egress"], []),
    names: "NetworkPolicies of pods app=ai-engine in atlas-ai-production",
  },
  {
    row: "traces-collected",
    how: "a collector that lets no spans in",
    objects: () => changed("NetworkPolicy", "otel-collector", ["spec", "ingress"], []),
    names: "NetworkPolicies of pods app.kubernetes.io/name=opentelemetry-collector in atlas-monitoring",
  },
  {
    row: "traces-kept",
    how: "a store that lets no traces in",
    objects: () => changed("NetworkPolicy", "tempo", ["spec", "ingress"], []),
    names: "NetworkPolicies of pods app.kubernetes.io/name=tempo in atlas-monitoring",
  },
  {
    row: "services-watched",
    how: "the monitor deleted",
    objects: () => without("ServiceMonitor", engine),
    names: "ServiceMonitor atlas-ai-production/ai-engine",
  },
  {
    row: "ai-engine-scales",
    how: "another threshold",
    objects: () =>
      changed("HorizontalPodAutoscaler", "ai-engine-hpa", [...metric(0), "resource", "target"], {
        averageUtilization: 90,
      }),
    names: "HorizontalPodAutoscaler atlas-ai-production/ai-engine-hpa",
  },
  {
    row: "market-data-scales",
    how: "the autoscaler deleted",
    objects: () => without("HorizontalPodAutoscaler", "market-data-hpa"),
    names: "HorizontalPodAutoscaler atlas-ai-production/market-data-hpa",
  },
  {
    row: "ab-testing-scales",
    how: "another range",
    objects: () => changed("HorizontalPodAutoscaler", "ab-testing-hpa", ["spec", "maxReplicas"], 4),
    names: "HorizontalPodAutoscaler atlas-ai-production/ab-testing-hpa",
  },
  {
    row: "autoscalers-have-targets",
    how: "the workload scaled to nothing",
    objects: () => changed("Deployment", "ab-testing", ["spec", "replicas"], 0),
    names: "HorizontalPodAutoscaler atlas-ai-production/ab-testing-hpa",
  },
  {
    row: "vertical-recommends",
    how: "sizes that change by themselves",
    objects: () =>
      changed("VerticalPodAutoscaler", "ai-engine-vpa", ["spec", "updatePolicy"], { updateMode: "Recreate" }),
    names: "VerticalPodAutoscaler atlas-ai-production/ai-engine-vpa",
  },
  {
    row: "ai-engine-budget",
    how: "a budget of one",
    objects: () => changed("PodDisruptionBudget", "ai-engine-pdb", ["spec", "minAvailable"], 1),
    names: "PodDisruptionBudget atlas-ai-production/ai-engine-pdb",
  },
  {
    row: "market-data-budget",
    how: "the budget deleted",
    objects: () => without("PodDisruptionBudget", "market-data-pdb"),
    names: "PodDisruptionBudget atlas-ai-production/market-data-pdb",
  },
  {
    row: "budgets-present",
    how: "the budget deleted",
    objects: () => without("PodDisruptionBudget", "ai-orchestrator-pdb"),
    names: "Deployment atlas-ai-production/ai-orchestrator",
  },
  {
    row: "budgets-present",
    how: "no room to drain",
    objects: () => changed("PodDisruptionBudget", "ai-engine-pdb", ["spec", "minAvailable"], "100%"),
    names: "PodDisruptionBudget atlas-ai-production/ai-engine-pdb",
  },
  {
    row: "budgets-present",
    how: "the replicas of a database without a budget",
    objects: () => withInstances(["primary", "replica", "replica"], ["primary"]),
    names: "Cluster shop/orders",
  },
  {
    row: "budgets-present",
    how: "replicas of a database that may never go",
    objects: () => withInstances(["primary", "replica", "replica"], ["primary", "replica"], 2),
    names: "PodDisruptionBudget shop/replica",
  },
  {
    row: "ai-engine-spread",
    how: "no spread",
    objects: () =>
      changed("Deployment", engine, ["spec", "template", "spec", "topologySpreadConstraints"], []),
    names: "Deployment atlas-ai-production/ai-engine",
  },
];
