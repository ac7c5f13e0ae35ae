import type { OptionalService } from "../../infra/config/platform";
import { selectsLabels } from "../../primitives/labels";
import type { Kind } from "../cluster/kinds";
import {
  atlasNamespace,
  concernsOf,
  hosts,
  type LiveCluster,
  whyAbsent,
  whyNotMade,
} from "../cluster/live-cluster";
import { type Finding, notChecked, type Row, verdictOf } from "../row";
import { missing, nameOf } from "./findings";
import { collects, keeps } from "./spans";

const seed = "001 Monitoring and Observability";

/** A monitoring component: the labels of its pods, and the release that installs it. */
interface Watcher {
  readonly id: string;
  readonly title: string;
  readonly service: OptionalService;
  readonly release: string;
  readonly namespace: "monitoring" | "logging";
  /** The release installs the operator, which creates the pods. */
  readonly byOperator?: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** What keeps it from working although its pods are Ready. */
  readonly alsoFound?: (cluster: LiveCluster) => readonly Finding[];
}

const watchers: readonly Watcher[] = [
  {
    id: "prometheus-running",
    title: "Prometheus collects metrics",
    service: "metrics",
    release: "platform-metrics-release",
    namespace: "monitoring",
    byOperator: true,
    labels: { "app.kubernetes.io/name": "prometheus" },
  },
  {
    id: "alertmanager-running",
    title: "Alertmanager routes alerts",
    service: "metrics",
    release: "platform-metrics-release",
    namespace: "monitoring",
    byOperator: true,
    labels: { "app.kubernetes.io/name": "alertmanager" },
  },
  {
    id: "grafana-running",
    title: "Grafana shows dashboards",
    service: "metrics",
    release: "platform-metrics-release",
    namespace: "monitoring",
    labels: { "app.kubernetes.io/name": "grafana" },
  },
  {
    id: "traces-collected",
    title: "Spans are collected",
    service: "tracing",
    release: "platform-traces-collector",
    namespace: "monitoring",
    labels: { "app.kubernetes.io/name": "opentelemetry-collector" },
    alsoFound: collects,
  },
  {
    id: "traces-kept",
    title: "Traces are kept, for Jaeger's users too",
    service: "tracing",
    release: "platform-traces-tempo",
    namespace: "monitoring",
    labels: { "app.kubernetes.io/name": "tempo" },
    alsoFound: keeps,
  },
  {
    id: "logs-kept",
    title: "Logs are kept",
    service: "logging",
    release: "platform-logs-loki",
    namespace: "logging",
    labels: { "app.kubernetes.io/name": "loki" },
  },
];

/** Atlas' workloads that 001 names, each with the source of its metrics. */
const watched = ["ai-engine", "market-data", "ab-testing"] as const;
const monitorKinds = ["ServiceMonitor", "PodMonitor"] as const satisfies readonly Kind[];

/** Prometheus, Grafana and the traces. (001, P2-P4, O3) */
export const monitoringRows: readonly Row<LiveCluster>[] = [
  ...watchers.map(watcherRow),
  {
    id: "services-watched",
    title: "Prometheus reads AI Engine, Market Data and A/B Testing, every 30 seconds or oftener",
    seed: `${seed}, Prometheus`,
    appliesTo: (cluster) => hosts("atlas")(cluster) && has(cluster, "metrics"),
    check: ({ state, ...cluster }) => {
      const namespace = atlasNamespace({ state, ...cluster });
      const monitors = monitorKinds.flatMap((kind) => state.all(kind, namespace));
      return verdictOf(
        watched.flatMap((workload) => {
          const found = monitors.find(({ spec }) => selectsLabels(spec.selector, { app: workload }));
          if (found === undefined) return [missing("ServiceMonitor", namespace, workload)];
          const intervals = [...found.spec.endpoints, ...found.spec.podMetricsEndpoints].map(
            ({ interval }) => interval ?? "30s",
          );
          return intervals
            .filter((interval) => !["15s", "30s"].includes(interval))
            .map((interval) => ({
              about: nameOf("monitor", namespace, found.metadata.name),
              expected: "an interval of 15s or 30s",
              found: interval,
              look: `kubectl get servicemonitor,podmonitor --namespace ${namespace}`,
            }));
        }),
      );
    },
  },
  {
    id: "tracing-host",
    title: "jaeger.<zone> leads to the traces",
    seed: "001 Service URLs",
    appliesTo: (cluster) => hosts("atlas")(cluster) && has(cluster, "tracing"),
    check: (cluster) => {
      const { monitoring } = concernsOf(cluster);
      return verdictOf(
        cluster.state.find("Ingress", monitoring, "jaeger") === undefined
          ? [missing("Ingress", monitoring, "jaeger")]
          : [],
      );
    },
  },
];

function watcherRow({
  id,
  title,
  service,
  release,
  namespace: concern,
  byOperator,
  labels,
  alsoFound,
}: Watcher): Row<LiveCluster> {
  return {
    id,
    title,
    seed,
    appliesTo: (cluster) => has(cluster, service),
    check: (cluster) => {
      const namespace = concernsOf(cluster)[concern];
      const pods = cluster.state
        .all("Pod", namespace)
        .filter(({ metadata }) => selectsLabels({ matchLabels: labels }, metadata.labels));
      const ready = pods.filter(({ status }) =>
        status.conditions.some(({ type, status: held }) => type === "Ready" && held === "True"),
      );
      if (pods.length > 0 && ready.length === pods.length) return verdictOf(alsoFound?.(cluster) ?? [], pods);
      const absent = (byOperator ? whyNotMade : whyAbsent)(cluster, release);
      if (pods.length === 0 && absent !== undefined) return notChecked(absent);
      const selector = Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(",");
      return verdictOf([
        {
          about: `pods ${selector} in ${namespace}`,
          expected: "at least one, and all Ready",
          found: `${ready.length} of ${pods.length} Ready`,
          look: `kubectl get pods --namespace ${namespace} --selector ${selector}`,
        },
      ]);
    },
  };
}

function has({ facts }: LiveCluster, service: OptionalService): boolean {
  return !facts.platform.without.includes(service);
}
