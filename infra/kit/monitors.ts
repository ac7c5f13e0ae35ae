import { type Pods, type Port, pods } from "../network/edge";
import { has, namespacesOf, type Site } from "./site";

/** The Prometheus of a site's cluster. */
export function prometheus(site: Site): Pods {
  return pods(namespacesOf(site).monitoring, "prometheus", { "app.kubernetes.io/name": "prometheus" });
}

/** Port of Prometheus, of its pods and its Service alike. */
export const prometheusPort = 9090;

/** Base URL of the Prometheus of a site's cluster. */
export function prometheusUrl(site: Site): string {
  return `http://kube-prometheus-stack-prometheus.${namespacesOf(site).monitoring}.svc:${prometheusPort}`;
}

/** Whether services have ServiceMonitors (or PodMonitors) here: where Prometheus is there to read them. */
export function hasMonitors(site: Site): boolean {
  return has(site, "metrics");
}

/** Lets the site's Prometheus, if it has one, read metrics from pods. */
export function allowScraping(site: Site, target: Pods, ...ports: readonly (number | Port)[]): void {
  if (hasMonitors(site)) site.network.allow(prometheus(site), target, ...ports);
}
