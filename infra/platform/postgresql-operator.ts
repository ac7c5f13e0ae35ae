import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { childOptions, replicas, type Site } from "../kit/site";
import { resources, spread } from "../kit/values";
import { apiServer, everyPod, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link PostgresqlOperator}. */
export interface PostgresqlOperatorArgs {
  readonly site: Site;
}

const namespace = "data-operators";
const webhookPort = 9443;
const metricsPort = 8080;
const pluginPort = 9090;

/** The operator's pods. They ask every instance how it is, and tell it what to do. */
export const postgresqlOperator = pods(namespace, "cloudnative-pg", {
  "app.kubernetes.io/name": "cloudnative-pg",
});

/** Ports of an instance that the operator calls: PostgreSQL itself and the manager beside it. */
export const instancePorts = { postgresql: 5432, manager: 8000 } as const;

/**
 * CloudNativePG, and where there is a bucket for backups the plugin that fills it. The plugin has to be in the operator's
 * own namespace, and needs cert-manager. (P11, R1)
 */
export class PostgresqlOperator extends pulumi.ComponentResource {
  constructor(name: string, { site }: PostgresqlOperatorArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:PostgresqlOperator", name, {}, options);
    const operator = this.install(name, site);
    if (site.cluster.buckets.backups !== undefined) this.installPlugin(name, site, operator);
    this.declareNetwork(site);
    this.registerOutputs();
  }

  private install(name: string, site: Site): pulumi.Resource {
    const labels = postgresqlOperator.labels;
    if (replicas(site, 2) > 1) {
      new PodDisruptionBudget(
        `${name}-budget`,
        {
          metadata: { name: "cloudnative-pg", namespace },
          spec: { maxUnavailable: 1, selector: { matchLabels: { ...labels } } },
        },
        childOptions(this, site, namespace),
      );
    }
    return helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.cloudNativePg,
        namespace,
        values: {
          replicaCount: replicas(site, 2),
          priorityClassName: "platform-critical",
          resources: resources({ cpu: "50m", memory: "256Mi" }),
          topologySpreadConstraints: spread(labels),
          monitoring: { podMonitorEnabled: hasMonitors(site) },
        },
      },
      this,
      site.monitorDefinitions,
    );
  }

  private installPlugin(name: string, site: Site, operator: pulumi.Resource): void {
    helmRelease(
      `${name}-barman-cloud`,
      {
        site,
        chart: charts.barmanCloud,
        namespace,
        values: {
          priorityClassName: "platform-critical",
          resources: resources({ cpu: "25m", memory: "128Mi" }),
        },
      },
      this,
      operator,
    );
  }

  private declareNetwork(site: Site): void {
    const { network, cluster } = site;
    network.allow(postgresqlOperator, apiServer);
    network.allow(apiServer, postgresqlOperator, webhookPort);
    allowScraping(site, postgresqlOperator, metricsPort);
    // Another stack may have instances on this cluster too, and opens its own end.
    network.allow(postgresqlOperator, everyPod, ...Object.values(instancePorts));
    if (cluster.buckets.backups === undefined) return;
    const plugin = pods(namespace, "barman-cloud", { "app.kubernetes.io/name": "plugin-barman-cloud" });
    network.allow(plugin, apiServer);
    network.allow(postgresqlOperator, plugin, pluginPort);
  }
}
