import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, definedAt, namespacesOf, type Site } from "../kit/site";
import { dashboardsOf } from "./dashboards";
import { compact } from "./dashboards/compact";
import { build } from "./dashboards/dashboard";
import { linksOf } from "./links";
import { createPrometheusRule } from "./prometheus-rule";
import { rulesOf } from "./rules";
import { render } from "./rules/rule";
import { runbooks } from "./runbooks";
import { nameOf, scopesOf, systemScopes } from "./scope";
import type { WatchedSystem } from "./system";

/** Arguments of {@link Observability}. */
export interface ObservabilityArgs {
  readonly site: Site;
  /** Every system that may run on the site's cluster. */
  readonly systems: readonly WatchedSystem[];
  /** Prometheus, Grafana and the operator that checks rules. */
  readonly metrics: pulumi.Resource;
}

/** The ConfigMap that 001 tells its operators to look into. */
export const runbookConfigMap = "disaster-recovery-runbook";

/**
 * What people see of a cluster: dashboards, alerts, and the pages that help when one fires. A dashboard is a ConfigMap that
 * Grafana's sidecar finds, the rules of a system in an environment are one PrometheusRule. (O1, O2, R2, 000, 001, 002)
 */
export class Observability extends pulumi.ComponentResource {
  constructor(
    name: string,
    { site, systems, metrics }: ObservabilityArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:observability:Observability", name, {}, options);
    const links = linksOf(site);
    const here = definedAt(site, systems);
    const namespace = namespacesOf(site).monitoring;
    const child = childOptions(this, site, namespace);
    for (const dashboard of dashboardsOf({ site, systems: here, scopes: systemScopes(site), links })) {
      new ConfigMap(
        `${name}-dashboard-${dashboard.name}`,
        {
          metadata: {
            name: `dashboard-${dashboard.name}`,
            namespace,
            labels: { grafana_dashboard: "1" },
            annotations: { grafana_folder: dashboard.owner },
          },
          data: { [`${dashboard.name}.json`]: compact(build(dashboard).build()) },
        },
        child,
      );
    }
    for (const scope of scopesOf(site)) {
      createPrometheusRule(
        `${name}-rules-${nameOf(scope)}`,
        {
          metadata: { name: nameOf(scope), namespace },
          groups: rulesOf(site, scope, here).map((group) => render(group, scope, links)),
        },
        childOptions(this, site, namespace, site.monitorDefinitions, metrics),
      );
    }
    new ConfigMap(
      `${name}-runbooks`,
      { metadata: { name: runbookConfigMap, namespace }, data: runbooks() },
      child,
    );
    this.registerOutputs();
  }
}
