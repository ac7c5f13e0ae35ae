import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { replicas, type Site } from "../kit/site";
import { resources, restrictedPod, spread } from "../kit/values";
import { apiServer, nodes, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link PodMetrics}. */
export interface PodMetricsArgs {
  readonly site: Site;
  /** Signs the certificate by which the API server knows the metrics' server. */
  readonly certificates: pulumi.Resource;
}

const namespace = "platform-system";
const port = 10250;

/** Port of the kubelets. */
const kubeletPort = 10250;

/** metrics-server: CPU and memory of pods and nodes, for autoscalers and for `kubectl top`. (P14) */
export class PodMetrics extends pulumi.ComponentResource {
  constructor(
    name: string,
    { site, certificates }: PodMetricsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:platform:PodMetrics", name, {}, options);
    const chart = charts.metricsServer;
    const labels = { "app.kubernetes.io/name": chart.name };
    const count = replicas(site, 2);
    helmRelease(
      `${name}-release`,
      {
        site,
        chart,
        namespace,
        values: {
          replicas: count,
          containerPort: port,
          args: kubeletArguments(site),
          tls: { type: "cert-manager" },
          apiService: { create: true, insecureSkipTLSVerify: false },
          metrics: { enabled: hasMonitors(site) },
          serviceMonitor: { enabled: hasMonitors(site) },
          resources: resources(
            site.environment === "development"
              ? { cpu: "20m", memory: "64Mi" }
              : { cpu: "100m", memory: "256Mi" },
          ),
          podSecurityContext: restrictedPod,
          priorityClassName: "platform-critical",
          topologySpreadConstraints: spread(labels),
          ...(count > 1 && { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } }),
        },
      },
      this,
      certificates,
      site.monitorDefinitions,
    );
    const server = pods(namespace, chart.name, labels);
    site.network.allow(server, apiServer);
    site.network.allow(apiServer, server, port);
    site.network.allow(server, nodes, kubeletPort);
    allowScraping(site, server, port);
    this.registerOutputs();
  }
}

/** Where kubelets sign their own certificates, as on LKE and kind, there is no authority to check them by. */
function kubeletArguments({ cluster }: Site): readonly string[] {
  return cluster.cloud.signsKubelets ? [] : ["--kubelet-insecure-tls"];
}
