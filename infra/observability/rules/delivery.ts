import type { RuleGroup, Rules } from "./rule";

/** What brings requests in. (O2, P1) */
export const ingressRules: Rules = (): RuleGroup => {
  const series = 'nginx_ingress_controller_nginx_last_reload_status{pod="nginx-x"}';
  return {
    name: "ingress",
    alerts: [
      {
        alert: "IngressConfigurationRefused",
        expr: "max by (pod) (nginx_ingress_controller_nginx_last_reload_status) == 0",
        for: "5m",
        severity: "critical",
        summary: "NGINX refuses its configuration",
        description:
          "{{ $labels.pod }} serves with the one before: changes of hosts and certificates have no effect.",
        dashboard: "infrastructure",
        fires: { series: { [series]: "0x20" }, at: "10m" },
        quiet: { series: { [series]: "1x20" }, at: "10m" },
      },
    ],
  };
};

/** What Argo CD delivers. Whether it is in step is no alarm: production is brought in step by hand. (O2, P5, 002) */
export const gitopsRules: Rules = (): RuleGroup => {
  const application = (health: string) => `argocd_app_info{name="shop",health_status="${health}"}`;
  return {
    name: "gitops",
    alerts: [
      {
        alert: "ApplicationUnhealthy",
        expr: 'max by (name, health_status) (argocd_app_info{health_status=~"Degraded|Missing"}) > 0',
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.name }} is {{ $labels.health_status }}",
        description: "Argo CD has carried out its revision, and the objects do not become healthy.",
        dashboard: "infrastructure",
        fires: { series: { [application("Degraded")]: "1x30" }, at: "20m" },
        quiet: { series: { [application("Healthy")]: "1x30" }, at: "20m" },
      },
    ],
  };
};

/** Secrets that come from the cloud's own store. (O2, P6) */
export const externalSecretRules: Rules = (): RuleGroup => {
  const series = (value: number) => ({
    'externalsecret_status_condition{exported_namespace="a",name="s",condition="Ready",status="False"}': `${value}x30`,
  });
  return {
    name: "external-secrets",
    alerts: [
      {
        alert: "SecretNotSynced",
        expr: 'max by (exported_namespace, name) (externalsecret_status_condition{condition="Ready",status="False"}) > 0',
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.exported_namespace }}/{{ $labels.name }} is not brought up to date",
        description: "The store, or the right to read it, is gone: pods keep what they have.",
        dashboard: "infrastructure",
        fires: { series: series(1), at: "20m" },
        quiet: { series: series(0), at: "20m" },
      },
    ],
  };
};
