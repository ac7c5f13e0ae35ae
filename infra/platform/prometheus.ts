import { team } from "../cluster/namespaces";
import { nodeAgentPriority } from "../cluster/priorities";
import type { Environment } from "../config/environment";
import { hasMonitors } from "../kit/monitors";
import { memberTopology } from "../kit/placement";
import { replicas, type Site } from "../kit/site";
import { type Resources, resources, type Values } from "../kit/values";

interface Size {
  readonly resources: Resources;
  /** Size at which the oldest metrics are deleted, even before their time. */
  readonly retentionSize: string;
  /** Volume of each replica: the retention's size, and room for the write-ahead log and for compaction. */
  readonly volume: string;
}

/** Production keeps 50 GB, as 001 asks for; elsewhere fewer are worth keeping. */
const sizes: Readonly<Record<Environment, Size>> = {
  development: {
    resources: { cpu: "50m", memory: "512Mi", cpuLimit: "1" },
    retentionSize: "4GB",
    volume: "5Gi",
  },
  staging: {
    resources: { cpu: "150m", memory: "1Gi", cpuLimit: "1" },
    retentionSize: "16GB",
    volume: "20Gi",
  },
  production: { resources: { cpu: "500m", memory: "4Gi" }, retentionSize: "50GB", volume: "64Gi" },
};

/** Default interval of scraping: the slower of 001's two. */
const scrapeInterval = "30s";

/**
 * Values of Prometheus. It reads every monitor and rule in every namespace: network policies decide what it can
 * reach. (P2, 001)
 */
export function prometheusValues(site: Site): Values {
  const size = sizes[site.environment];
  const copies = replicas(site, 2);
  return {
    podDisruptionBudget: { enabled: copies > 1, minAvailable: 1 },
    prometheusSpec: {
      replicas: copies,
      scrapeInterval,
      evaluationInterval: scrapeInterval,
      retention: "30d",
      retentionSize: size.retentionSize,
      // Metrics may be lost, since measuring continues, and are written in large blocks: they need no fast
      // disk and outlive no claim.
      storageSpec: { volumeClaimTemplate: claim("standard", size.volume) },
      resources: resources(size.resources),
      priorityClassName: "data-store",
      externalLabels: { cluster: site.cluster.displayName, environment: site.environment },
      serviceDiscoveryRole: "EndpointSlice",
      ...apart(site, copies),
      ruleSelectorNilUsesHelmValues: false,
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
    },
  };
}

/**
 * Values of the chart for replicas in different zones, so that losing a zone does not lose all. Each replica has the same
 * data, and its volume cannot leave its zone. (R3)
 */
export function apart({ cluster }: Site, copies: number): Values {
  return { podAntiAffinity: "hard", podAntiAffinityTopologyKey: memberTopology(cluster, copies) };
}

/** Values of the operator. cert-manager makes its webhook's certificate, so no job is needed for it. */
export function prometheusOperatorValues(): Values {
  return {
    resources: resources({ cpu: "20m", memory: "128Mi", cpuLimit: "200m" }),
    priorityClassName: "platform-critical",
    // The operator's arguments set CPU and memory only: for the node's disk the namespace's defaults apply.
    prometheusConfigReloader: {
      resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: "100m", memory: "64Mi" } },
    },
    kubeletEndpointsEnabled: false,
    kubeletEndpointSliceEnabled: true,
    admissionWebhooks: {
      // The rules of the first installation come before the pod that checks them.
      failurePolicy: "IgnoreOnInstallOnly",
      patch: { enabled: false },
      certManager: { enabled: true },
    },
  };
}

/** Values of the exporters of the cluster's objects and of its nodes; the latter runs on every node, with any taints. */
export function exporterValues(site: Site, nodeAgents: string): Values {
  return {
    "kube-state-metrics": {
      resources: resources(
        site.environment === "production"
          ? { cpu: "50m", memory: "256Mi" }
          : { cpu: "10m", memory: "128Mi", cpuLimit: "200m" },
      ),
      // To list Secrets is to read them.
      collectorsExclude: ["configmaps", "secrets"],
      priorityClassName: "serving",
      prometheus: { monitor: { enabled: hasMonitors(site) } },
      containerSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    },
    "prometheus-node-exporter": {
      namespaceOverride: nodeAgents,
      // The tag already says "distroless"; otherwise the chart would add it again.
      image: { distroless: false },
      resources: resources({ cpu: "10m", memory: "96Mi", cpuLimit: "200m" }),
      priorityClassName: nodeAgentPriority,
      tolerations: [{ operator: "Exists" }],
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      containerSecurityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      },
    },
  };
}

/**
 * The chart's own alerts for the cluster and Prometheus itself, without those that this program defines with
 * other thresholds and runbooks, so that no one is alerted twice. (O2)
 */
export const chartRules: Values = {
  additionalRuleLabels: { team, system: "platform" },
  disabled: Object.fromEntries(
    [
      "KubeHpaMaxedOut",
      "KubeJobFailed",
      "KubePersistentVolumeFillingUp",
      "KubePodCrashLooping",
      "KubePodNotReady",
      "KubeStatefulSetReplicasMismatch",
    ].map((alert) => [alert, true]),
  ),
};

/** Components that a managed control plane hides, or that listen on their own node only. */
export const hiddenComponents: Values = {
  kubeControllerManager: { enabled: false },
  kubeEtcd: { enabled: false },
  kubeProxy: { enabled: false },
  kubeScheduler: { enabled: false },
};

/** The kubelets, read as often as everything else. */
export const kubeletValues: Values = { serviceMonitor: { cAdvisorInterval: scrapeInterval } };

/** A claim in the form of the operator's resources. */
export function claim(storageClassName: string, storage: string): Values {
  return {
    spec: { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
  };
}
