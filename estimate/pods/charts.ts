/** Pods that a chart makes, and where its values speak of them. Paths are dotted; the empty one is the values' root. */
export interface ChartPods {
  readonly name: string;
  /** Where `resources`, `affinity`, `tolerations`, `nodeSelector` and the number of replicas are. */
  readonly at: string;
  /** Further containers of the same pods: paths that hold `requests`. */
  readonly sidecars?: readonly string[];
  /** Pods where the values give no number. Default: 1. */
  readonly replicas?: number;
  /** One on each node, whatever its taints. */
  readonly daemon?: boolean;
  /** The priority class that the chart's own template names; default: the one that the values name. */
  readonly priorityClass?: string;
  /** Path of a switch that has to be true for these pods to exist. */
  readonly onlyWith?: string;
  /** Path of a switch that has to be false for these pods to exist. */
  readonly onlyWithout?: string;
}

interface Chart {
  readonly pods: readonly ChartPods[];
  /** Paths with requests that are not counted: init containers, and jobs that end within minutes. */
  readonly passing?: readonly string[];
}

const single: Chart = { pods: [{ name: "", at: "" }] };
const daemon: Chart = { pods: [{ name: "", at: "", daemon: true }] };
const criticalDaemon: Chart = {
  pods: [{ name: "", at: "", daemon: true, priorityClass: "system-node-critical" }],
};

/** The catalogue's charts; a test refuses a release whose requests are neither counted nor named as passing. */
export const charts: Readonly<Record<string, Chart>> = {
  "argo-cd": {
    pods: [
      { name: "application-controller", at: "controller" },
      { name: "applicationset-controller", at: "applicationSet" },
      { name: "repo-server", at: "repoServer" },
      { name: "server", at: "server" },
      { name: "redis", at: "redis", onlyWithout: "redis-ha.enabled" },
      {
        name: "redis-ha-server",
        at: "redis-ha.redis",
        sidecars: ["redis-ha.sentinel.resources", "redis-ha.splitBrainDetection.resources"],
        replicas: 3,
        onlyWith: "redis-ha.enabled",
      },
      { name: "redis-ha-haproxy", at: "redis-ha.haproxy", replicas: 3, onlyWith: "redis-ha.enabled" },
    ],
    passing: ["redis-ha.init.resources", "redis-ha.haproxy.init.resources", "repoServer.copyutil.resources"],
  },
  "aws-load-balancer-controller": single,
  "cert-manager": {
    pods: [
      { name: "", at: "" },
      { name: "cainjector", at: "cainjector" },
      { name: "webhook", at: "webhook" },
    ],
    passing: ["startupapicheck.resources"],
  },
  "cloudnative-pg": single,
  "cluster-autoscaler": single,
  cni: criticalDaemon,
  "dcgm-exporter": daemon,
  "eck-operator": single,
  "external-dns": single,
  "external-secrets": {
    pods: [
      { name: "", at: "" },
      { name: "webhook", at: "webhook" },
      { name: "cert-controller", at: "certController" },
    ],
  },
  "fluent-bit": daemon,
  harbor: {
    pods: [
      { name: "core", at: "core" },
      { name: "database", at: "database.internal" },
      { name: "exporter", at: "exporter" },
      { name: "jobservice", at: "jobservice" },
      { name: "portal", at: "portal" },
      { name: "redis", at: "redis.internal" },
      { name: "registry", at: "registry.registry", sidecars: ["registry.controller.resources"] },
    ],
    passing: ["database.internal.initContainer.permissions.resources"],
  },
  istiod: single,
  "kube-prometheus-stack": {
    pods: [
      {
        name: "alertmanager",
        at: "alertmanager.alertmanagerSpec",
        sidecars: ["prometheusOperator.prometheusConfigReloader.resources"],
      },
      { name: "grafana", at: "grafana", sidecars: ["grafana.sidecar.resources"] },
      { name: "kube-state-metrics", at: "kube-state-metrics" },
      {
        name: "prometheus",
        at: "prometheus.prometheusSpec",
        sidecars: ["prometheusOperator.prometheusConfigReloader.resources"],
      },
      { name: "node-exporter", at: "prometheus-node-exporter", daemon: true },
      { name: "operator", at: "prometheusOperator" },
    ],
  },
  loki: {
    pods: [{ name: "", at: "singleBinary" }],
  },
  "metrics-server": single,
  mlflow: single,
  "mongodb-kubernetes": { pods: [{ name: "operator", at: "operator" }] },
  "nginx-ingress": {
    pods: [{ name: "controller", at: "controller" }],
    passing: ["controller.initContainerResources"],
  },
  "nvidia-device-plugin": daemon,
  "opentelemetry-collector": single,
  "plugin-barman-cloud": single,
  "prometheus-adapter": single,
  qdrant: single,
  "redis-operator": single,
  "sealed-secrets": single,
  "strimzi-kafka-operator": single,
  tempo: { pods: [{ name: "", at: "tempo" }] },
  "trivy-operator": { pods: [{ name: "", at: "" }], passing: ["trivy.resources"] },
  velero: { pods: [{ name: "", at: "" }], passing: ["initContainers.0.resources"] },
  "vertical-pod-autoscaler": {
    pods: [
      { name: "admission-controller", at: "admissionController" },
      { name: "recommender", at: "recommender" },
      { name: "updater", at: "updater" },
    ],
  },
  ztunnel: criticalDaemon,
};
