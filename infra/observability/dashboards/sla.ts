import { PercentUnit, Seconds, Short } from "@grafana/grafana-foundation-sdk/units";
import { objective } from "../rules/objectives";
import type { DashboardOf } from "./context";
import type { Dashboard } from "./dashboard";

/** What was promised, and what is kept of it: uptime, response times and errors of every service. (001) */
export const sla: DashboardOf = ({ site, scopes, links }): Dashboard | undefined => {
  if (scopes.length === 0) return undefined;
  const environments = [...new Set(scopes.map(({ environment }) => environment))];
  const budget = Number((1 - objective).toPrecision(3));
  return {
    name: "sla",
    title: "Service levels",
    owner: "platform",
    environments: environments.includes(site.environment)
      ? environments
      : [site.environment, ...environments],
    sections: [
      {
        title: "Objective: 99.9 %",
        panels: [
          {
            title: "Requests that were answered, in 30 days",
            kind: "number",
            unit: PercentUnit,
            queries: {
              "{{namespace}}/{{container}}":
                "1 - sum_over_time(service:errors:rate5m[30d]) / (sum_over_time(service:requests:rate5m[30d]) > 0)",
            },
            limit: { below: objective },
            runbook: links.runbook("ErrorBudgetBurnSlow"),
          },
          {
            title: "Errors by what is allowed, in an hour and in a day",
            unit: Short,
            queries: {
              "{{namespace}}/{{container}} 1 h": `service:errors:ratio_rate1h / ${budget}`,
              "{{namespace}}/{{container}} 1 d": `service:errors:ratio_rate1d / ${budget}`,
            },
            limit: { above: 14.4 },
            runbook: links.runbook("ErrorBudgetBurnFast"),
          },
          {
            title: "Alerts that fire",
            kind: "number",
            unit: Short,
            queries: {
              // Watchdog always fires, and InfoInhibitor is not for people.
              "{{system}} {{severity}}":
                'sum by (system, severity) (ALERTS{alertstate="firing",alertname!~"Watchdog|InfoInhibitor"})',
            },
            limit: { above: 1 },
          },
        ],
      },
      {
        title: "Services",
        panels: [
          {
            title: "Replicas that answer, of those that should",
            unit: PercentUnit,
            queries: {
              "{{namespace}}/{{deployment}}": scopes
                .map(
                  ({ matcher }) =>
                    `max by (namespace, deployment) (kube_deployment_status_replicas_available{${matcher}}) / (max by (namespace, deployment) (kube_deployment_spec_replicas{${matcher}}) > 0)`,
                )
                .join(" or "),
            },
            limit: { below: 1 },
            runbook: links.runbook("ServiceDown"),
          },
          {
            title: "Response time, p95",
            unit: Seconds,
            queries: { "{{namespace}}/{{container}}": "service:latency_seconds:p95_5m" },
            limit: { above: 2 },
            runbook: links.runbook("HighLatency"),
          },
          {
            title: "Errors",
            unit: PercentUnit,
            queries: { "{{namespace}}/{{container}}": "service:errors:ratio_rate5m" },
            limit: { above: 0.001 },
            runbook: links.runbook("HighErrorRate"),
          },
        ],
      },
    ],
  };
};
