import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { prometheus } from "../kit/monitors";
import { replicas, type Site } from "../kit/site";
import { resources, restrictedPod, spread } from "../kit/values";
import { apiServer, pods } from "../network/edge";
import { adapterRule, podMetrics } from "./autoscaling-metrics";
import { charts } from "./charts";

/** Arguments of {@link CustomMetrics}. */
export interface CustomMetricsArgs {
  readonly site: Site;
  /** Signs the certificate by which the API server knows the adapter. */
  readonly certificates: pulumi.Resource;
}

const namespace = "platform-system";
const port = 6443;
const prometheusPort = 9090;

/**
 * prometheus-adapter: what Prometheus knows of pods, as metrics that autoscalers can ask for. Which ones is a table:
 * `autoscaling-metrics.ts`. Metrics from outside the cluster are not offered: nothing scales by any. (P14, 001)
 */
export class CustomMetrics extends pulumi.ComponentResource {
  constructor(
    name: string,
    { site, certificates }: CustomMetricsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:platform:CustomMetrics", name, {}, options);
    const chart = charts.prometheusAdapter;
    const labels = { "app.kubernetes.io/name": chart.name };
    const count = replicas(site, 2);
    const source = prometheus(site);
    helmRelease(
      `${name}-release`,
      {
        site,
        chart,
        namespace,
        values: {
          replicas: count,
          listenPort: port,
          // The operator's own Service for every Prometheus that it runs.
          prometheus: { url: `http://prometheus-operated.${source.namespace}.svc`, port: prometheusPort },
          metricsRelistInterval: "1m",
          logLevel: 2,
          rules: { default: false, custom: podMetrics.map(adapterRule), external: [] },
          certManager: { enabled: true },
          resources: resources(
            site.environment === "development"
              ? { cpu: "20m", memory: "128Mi" }
              : { cpu: "50m", memory: "256Mi" },
          ),
          podSecurityContext: { ...restrictedPod, fsGroup: 10001 },
          priorityClassName: "platform-critical",
          topologySpreadConstraints: spread(labels),
          ...(count > 1 && { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } }),
        },
      },
      this,
      certificates,
    );
    const adapter = pods(namespace, chart.name, labels);
    site.network.allow(adapter, apiServer);
    site.network.allow(apiServer, adapter, port);
    site.network.allow(adapter, source, prometheusPort);
    this.registerOutputs();
  }
}
