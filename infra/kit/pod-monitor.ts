import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import type { Pods } from "../network/edge";
import { allowScraping, hasMonitors } from "./monitors";
import { childOptions, type Site } from "./site";

/** Arguments of {@link monitorPods}. */
export interface MonitoredPods {
  readonly site: Site;
  /** The pods that have metrics. */
  readonly pods: Pods;
  /** Port of the metrics: its name, and its number in the container. */
  readonly port: { readonly name: string; readonly number: number };
  /** Further paths of the same port. @default none */
  readonly also?: readonly {
    readonly path: string;
    readonly params: Readonly<Record<string, readonly string[]>>;
  }[];
  /** Of a data store: how many of the pods there are. An alert tells when all, or some, are gone. */
  readonly members?: number;
}

/** The label `job` of what a PodMonitor reads. */
export function podMonitorJob(namespace: string, monitor: string): string {
  return `${namespace}/${monitor}`;
}

/** Lets the site's Prometheus, if there is one, read the metrics of single pods that no Service leads to. (O3) */
export function monitorPods(
  name: string,
  { site, pods, port, also = [], members }: MonitoredPods,
  parent: pulumi.Resource,
): void {
  if (!hasMonitors(site)) return;
  if (members !== undefined) {
    const { namespace } = pods;
    site.watched.push({ namespace, store: pods.name, job: podMonitorJob(namespace, pods.name), members });
  }
  allowScraping(site, pods, port.number);
  new CustomResource(
    name,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name: pods.name, namespace: pods.namespace },
      spec: {
        selector: { matchLabels: pods.labels },
        podMetricsEndpoints: [
          { port: port.name, interval: "30s" },
          ...also.map(({ path, params }) => ({
            port: port.name,
            path,
            params: Object.fromEntries(Object.entries(params).map(([key, values]) => [key, [...values]])),
            interval: "30s",
          })),
        ],
      },
    },
    childOptions(parent, site, pods.namespace, site.monitorDefinitions),
  );
}
