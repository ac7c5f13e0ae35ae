import type { Environment } from "../config/environment";
import { has, type Site } from "../kit/site";
import { resources, restrictedContainer, type Value, type Values } from "../kit/values";
import { platformHost, secureHost } from "./hosts";
import { ingressClass } from "./ingress-class";
import { lokiUrl, tenantsOf } from "./loki";
import { tempoUrl } from "./tempo";

/** Name of Grafana's Service. */
export const grafanaService = "grafana";

/** Port that Grafana's pods listen on. */
export const grafanaPort = 3000;

/** The Secret with Grafana's administrator, and the key that it encrypts with. */
export const grafanaSecret = "grafana-admin";

/** The ClusterRole of Grafana's sidecars. */
export const dashboardReader = "grafana-dashboard-reader";

/** Where people find Grafana; undefined where it has no public host. (001) */
export function grafanaHost(site: Site): string | undefined {
  return platformHost(site, "grafana");
}

/**
 * Values of Grafana. All that it shows is code: dashboards from ConfigMaps labelled `grafana_dashboard`, in the folder
 * that their annotation `grafana_folder` names, and data sources from here. So it keeps nothing and one copy is enough:
 * another starts from nothing in seconds. (P2, 000, 001, 002)
 */
export function grafanaValues(site: Site): Values {
  const production = site.environment === "production";
  const host = grafanaHost(site);
  return {
    fullnameOverride: grafanaService,
    replicas: 1,
    deploymentStrategy: { type: "RollingUpdate" },
    resources: resources({
      ...(production ? { cpu: "100m", memory: "1Gi" } : { cpu: "25m", memory: "512Mi" }),
      cpuLimit: "1",
    }),
    priorityClassName: "serving",
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    containerSecurityContext: restrictedContainer,
    // Data sources run as processes of their own, each with a socket in `/tmp`. (Grafana 12 and later)
    extraEmptyDirMounts: [{ name: "tmp", mountPath: "/tmp" }],
    admin: { existingSecret: grafanaSecret, userKey: "admin-user", passwordKey: "admin-password" },
    envValueFrom: {
      GF_SECURITY_SECRET_KEY: { secretKeyRef: { name: grafanaSecret, key: "secret-key" } },
    },
    "grafana.ini": settings(host),
    // The chart's own role reads every Secret of the cluster; dashboards and data sources are ConfigMaps.
    rbac: { useExistingClusterRole: dashboardReader },
    sidecar: {
      resources: resources({ cpu: "10m", memory: "128Mi", cpuLimit: "200m" }),
      securityContext: restrictedContainer,
      dashboards: {
        resource: "configmap",
        searchNamespace: "ALL",
        folderAnnotation: "grafana_folder",
        provider: { foldersFromFilesStructure: true },
      },
      datasources: { resource: "configmap" },
    },
    additionalDataSources: dataSources(site),
    testFramework: { enabled: false },
    ...(host !== undefined && { ingress: ingress(site, host) }),
  };
}

/** It calls nothing outside the cluster: no statistics, no news, no plugins at start. */
function settings(host: string | undefined): Values {
  return {
    analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
    news: { news_feed_enabled: false },
    plugins: { preinstall_disabled: true },
    users: { allow_sign_up: false },
    security: { cookie_secure: host !== undefined, disable_gravatar: true },
    ...(host !== undefined && { server: { root_url: `https://${host}` } }),
  };
}

function ingress(site: Site, host: string): Values {
  return {
    enabled: true,
    ingressClassName: ingressClass,
    // Its pages are told of what changes while they are open.
    annotations: { ...secureHost(site, host), "nginx.org/websocket-services": grafanaService },
    hosts: [host],
    tls: [{ secretName: "grafana-tls", hosts: [host] }],
  };
}

/** Logs, one source for each environment's tenant, and traces. Metrics and alerts the chart adds itself. */
function dataSources(site: Site): readonly Value[] {
  return [
    ...(has(site, "logging") ? tenantsOf(site).map((tenant) => logs(site, tenant)) : []),
    ...(has(site, "tracing") ? [traces(site)] : []),
  ];
}

function logs(site: Site, tenant: Environment): Value {
  return {
    name: `Loki ${tenant}`,
    uid: logsOf(tenant),
    type: "loki",
    access: "proxy",
    url: lokiUrl(site),
    jsonData: { httpHeaderName1: "X-Scope-OrgID" },
    secureJsonData: { httpHeaderValue1: tenant },
  };
}

function traces(site: Site): Value {
  return {
    name: "Tempo",
    uid: "tempo",
    type: "tempo",
    access: "proxy",
    url: tempoUrl(site),
    jsonData: {
      ...(has(site, "logging") && {
        tracesToLogsV2: { datasourceUid: logsOf(site.environment), filterByTraceID: true },
      }),
    },
  };
}

function logsOf(tenant: Environment): string {
  return `loki-${tenant}`;
}
