import { platformNamespaces } from "../cluster/namespaces";
import { type Pods, type Port, pods } from "../network/edge";
import type { Site } from "./site";

/** The Prometheus of a site's cluster. */
export function prometheus({ systems, cluster }: Site): Pods {
  const { monitoring } = platformNamespaces(systems.atlas?.cluster === cluster.name);
  return pods(monitoring, "prometheus", { "app.kubernetes.io/name": "prometheus" });
}

/** Whether services have ServiceMonitors (or PodMonitors) here: where Prometheus is there to read them. */
export function hasMonitors({ monitorDefinitions }: Site): boolean {
  return monitorDefinitions !== undefined;
}

/** Lets the site's Prometheus, if it has one, read metrics from pods. */
export function allowScraping(site: Site, target: Pods, ...ports: readonly (number | Port)[]): void {
  if (hasMonitors(site)) site.network.allow(prometheus(site), target, ...ports);
}
