import type { Chart } from "../../kit/chart";
import { image, imageWithRegistry } from "./image";

/** The definitions that belong to a release of Prometheus' operator. */
function operatorDefinitions(release: string): readonly string[] {
  const folder = `https://raw.githubusercontent.com/prometheus-operator/prometheus-operator/${release}/example/prometheus-operator-crd`;
  return [
    "alertmanagerconfigs",
    "alertmanagers",
    "podmonitors",
    "probes",
    "prometheusagents",
    "prometheuses",
    "prometheusrules",
    "scrapeconfigs",
    "servicemonitors",
    "thanosrulers",
  ].map((plural) => `${folder}/monitoring.coreos.com_${plural}.yaml`);
}

/** Charts for what is observed: metrics, logs, traces. */
export const observabilityCharts = {
  kubePrometheusStack: {
    name: "kube-prometheus-stack",
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "88.5.3",
    appVersion: "v0.93.1",
    licence: "Apache-2.0",
    reason:
      "What 002 names; the operator's ServiceMonitors and rules are what every other chart offers. Its Grafana (AGPL-3.0) is used as it is. (002)",
    images: [
      imageWithRegistry(
        "quay.io/prometheus-operator/prometheus-operator:v0.93.1",
        "prometheusOperator.image",
      ),
      imageWithRegistry(
        "quay.io/prometheus-operator/prometheus-config-reloader:v0.93.1",
        "prometheusOperator.prometheusConfigReloader.image",
      ),
      imageWithRegistry(
        "quay.io/prometheus/prometheus:v3.14.0-distroless",
        "prometheus.prometheusSpec.image",
      ),
      imageWithRegistry("quay.io/prometheus/alertmanager:v0.34.0", "alertmanager.alertmanagerSpec.image"),
      imageWithRegistry(
        "quay.io/prometheus/node-exporter:v1.12.1-distroless",
        "prometheus-node-exporter.image",
      ),
      imageWithRegistry(
        "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0",
        "kube-state-metrics.image",
      ),
      imageWithRegistry("docker.io/grafana/grafana:13.2.0", "grafana.image"),
      imageWithRegistry("quay.io/kiwigrid/k8s-sidecar:2.10.1", "grafana.sidecar.image"),
    ],
    definitions: operatorDefinitions("v0.93.1"),
  },
  loki: {
    name: "loki",
    repository: "https://grafana-community.github.io/helm-charts",
    version: "18.11.0",
    appVersion: "3.7.6",
    licence: "AGPL-3.0-only",
    reason:
      "What 002 names, from where its open-source chart is maintained. As one binary, three times where availability is high: the scalable mode in between is deprecated, and twelve kinds of pods are for more logs than these. (P3, 002)",
    images: [imageWithRegistry("docker.io/grafana/loki:3.7.6", "loki.image")],
  },
  fluentBit: {
    name: "fluent-bit",
    repository: "https://fluent.github.io/helm-charts",
    version: "0.58.1",
    appVersion: "5.1.1",
    licence: "Apache-2.0",
    reason: "What 000 configures and 004 names; it writes to Loki and to Elasticsearch alike. (P3, 000, 004)",
    images: [image("cr.fluentbit.io/fluent/fluent-bit:5.1.1", "image")],
  },
  eckOperator: {
    name: "eck-operator",
    repository: "https://helm.elastic.co",
    version: "3.5.0",
    appVersion: "3.5.0",
    licence: "Elastic-2.0",
    reason:
      "What looks after Elasticsearch and Kibana, which 000 and 003 name. Not an open-source licence: it forbids offering the software as a service. A stack can do `without: [logging-elasticsearch]`, for every log is in Loki too. (P3, 000, 003)",
    images: [image("docker.elastic.co/eck/eck-operator:3.5.0", "image")],
  },
  tempo: {
    name: "tempo",
    repository: "https://grafana-community.github.io/helm-charts",
    version: "2.2.4",
    appVersion: "2.10.8",
    licence: "AGPL-3.0-only",
    reason:
      "What 002 names, as one binary: the distributed chart is Tempo 3, which needs a Kafka of its own between its parts. (P4, 002)",
    images: [
      {
        image: "docker.io/grafana/tempo:2.10.8",
        at: { registry: "tempo.registry", repository: "tempo.repository", tag: "tempo.tag" },
      },
    ],
  },
  openTelemetryCollector: {
    name: "opentelemetry-collector",
    repository: "https://open-telemetry.github.io/opentelemetry-helm-charts",
    version: "0.170.0",
    appVersion: "0.158.0",
    licence: "Apache-2.0",
    reason:
      "The one address that services send spans to, independent of what stores them: it samples by whole traces, and speaks Jaeger's protocols too. (P4, 001, 002)",
    images: [
      image(
        "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s:0.158.0",
        "image",
      ),
    ],
  },
} as const satisfies Readonly<Record<string, Chart>>;
