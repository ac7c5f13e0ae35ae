import { ClusterRole } from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, prometheus, prometheusPort } from "../kit/monitors";
import { guestsOf, namespacesOf, type Site } from "../kit/site";
import { apiServer, nodes, type Pods, pods } from "../network/edge";
import { alertmanager, alertmanagerValues, allowReceivers, provideReceivers } from "./alertmanager";
import { allowChallenges } from "./challenges";
import { charts } from "./charts";
import { dashboardReader, grafanaHost, grafanaPort, grafanaSecret, grafanaValues } from "./grafana";
import { allowIngress } from "./ingress-class";
import {
  chartRules,
  exporterValues,
  hiddenComponents,
  kubeletValues,
  prometheusOperatorValues,
  prometheusValues,
} from "./prometheus";

/** Arguments of {@link Metrics}. */
export interface MetricsArgs {
  readonly site: Site;
  /** What makes certificates: the operator's webhook needs one. */
  readonly certificates: pulumi.Resource;
}

const nodeAgents = "node-agents";
const alertmanagerPort = 9093;
const gossipPort = 9094;
const reloaderPort = 8080;
const operatorPort = 10250;
const kubeletPort = 10250;
const nodeExporterPort = 9100;
const dnsMetricsPort = 9153;

/** The Grafana of a site's cluster. */
export function grafana(site: Site): Pods {
  return pods(namespacesOf(site).monitoring, "grafana", { "app.kubernetes.io/name": "grafana" });
}

/** Prometheus and its operator, Alertmanager, Grafana, and the exporters that tell of the cluster itself. (P2, 001, 002) */
export class Metrics extends pulumi.ComponentResource {
  /** For resources that depend on Prometheus and Grafana. */
  readonly ready: pulumi.Resource;

  constructor(name: string, { site, certificates }: MetricsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Metrics", name, {}, options);
    const namespace = namespacesOf(site).monitoring;
    const secret = site.secrets.provide(namespace, grafanaSecret, { "admin-user": "admin" });
    const reader = new ClusterRole(
      `${name}-dashboard-reader`,
      {
        metadata: { name: dashboardReader },
        rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }],
      },
      { parent: this, provider: site.cluster.provider },
    );
    this.ready = helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.kubePrometheusStack,
        namespace,
        values: {
          crds: { enabled: false },
          ...hiddenComponents,
          defaultRules: chartRules,
          kubelet: kubeletValues,
          prometheus: prometheusValues(site),
          prometheusOperator: prometheusOperatorValues(),
          alertmanager: alertmanagerValues(site),
          grafana: grafanaValues(site),
          ...exporterValues(site, nodeAgents),
        },
      },
      this,
      certificates,
      secret.resource,
      provideReceivers(site)?.resource,
      reader,
      site.namespace(nodeAgents),
    );
    this.declareNetwork(site, namespace);
    this.registerOutputs();
  }

  private declareNetwork(site: Site, namespace: string): void {
    const { network } = site;
    const named = (name: string) => pods(namespace, name, { "app.kubernetes.io/name": name });
    const scraper = prometheus(site);
    const alerts = alertmanager(site);
    const operator = pods(namespace, "prometheus-operator", {
      app: "kube-prometheus-stack-operator",
    });
    const stateMetrics = named("kube-state-metrics");
    const board = grafana(site);

    for (const each of [scraper, operator, stateMetrics, board]) network.allow(each, apiServer);
    network.allow(apiServer, operator, operatorPort);
    network.allow(scraper, nodes, kubeletPort, nodeExporterPort);
    network.allow(scraper, pods("kube-system", "dns", { "k8s-app": "kube-dns" }), dnsMetricsPort);
    network.allow(scraper, alerts, alertmanagerPort);
    network.allow(alerts, alerts, gossipPort, { port: gossipPort, protocol: "UDP" });
    network.allow(board, scraper, prometheusPort);
    network.allow(board, alerts, alertmanagerPort);
    allowReceivers(site);
    allowScraping(site, scraper, prometheusPort, reloaderPort);
    allowScraping(site, alerts, alertmanagerPort, reloaderPort);
    allowScraping(site, operator, operatorPort);
    allowScraping(site, stateMetrics, 8080);
    allowScraping(site, board, grafanaPort);
    const host = grafanaHost(site);
    if (host !== undefined) {
      allowIngress(site, board, grafanaPort);
      allowChallenges(site, board.namespace, host);
    }
    // The stack that owns a namespace declares its ports, and opens them.
    for (const guest of guestsOf(site)) {
      network.allow(scraper, { kind: "all-pods", namespace: guest.namespace });
    }
  }
}
