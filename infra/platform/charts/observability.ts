import type { Chart } from "../chart";

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
      "What 002 names; the operator's ServiceMonitors and rules are what every other chart offers. (002)",
    images: [],
    definitions: operatorDefinitions("v0.93.1"),
  },
} as const satisfies Readonly<Record<string, Chart>>;
