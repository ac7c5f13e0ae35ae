import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { childOptions, replicas, type Site, systemsAt } from "../kit/site";
import { unusedAnnotation } from "../kit/unused";
import { type Resources, resources, rolledWith, spread, type Values } from "../kit/values";
import { apiServer, internet, pods } from "../network/edge";
import type { SecretReference } from "../secrets/secret-bundles";
import { gitopsOf, type Placed } from "../systems/system";
import { charts } from "./charts";
import { argoNamespace } from "./gitops-application";

/** Arguments of {@link GitOps}. */
export interface GitOpsArgs {
  readonly site: Site;
}

const namespace = argoNamespace;
const redisPort = 6379;
const sentinelPort = 26379;
const repoServerPort = 8081;
const haproxyMetricsPort = 9101;

/**
 * Argo CD, and a project for each system on the cluster. It has no passwords: people with access to its
 * namespace read through `kubectl port-forward`, and those who may change its Applications sync with `argocd
 * --core` under their own name, which the API server's audit log records. (P5, 000, 002)
 */
export class GitOps extends pulumi.ComponentResource {
  constructor(name: string, { site }: GitOpsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:GitOps", name, {}, options);
    const secret = site.secrets.provide(namespace, "argocd-redis");
    const release = helmRelease(
      `${name}-release`,
      { site, chart: charts.argoCd, namespace, releaseName: "argocd", values: values(site, secret) },
      this,
      secret.resource,
      site.monitorDefinitions,
    );
    for (const system of systemsAt(site)) {
      const { project } = gitopsOf(system);
      new CustomResource(
        `${name}-project-${project}`,
        {
          apiVersion: "argoproj.io/v1alpha1",
          kind: "AppProject",
          metadata: { name: project, namespace },
          spec: projectSpec(site, system),
        },
        childOptions(this, site, namespace, release),
      );
    }
    declareNetwork(site);
    this.registerOutputs();
  }
}

/** What an AppProject says here: one repository, one system's namespaces, and nothing that the program makes for it. */
interface ProjectSpec {
  readonly description: string;
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly { readonly server: string; readonly namespace: string }[];
  readonly clusterResourceWhitelist: readonly never[];
  readonly namespaceResourceBlacklist: readonly { readonly group: string; readonly kind: string }[];
}

function projectSpec({ settings, environment }: Site, system: Placed): ProjectSpec {
  const environments = ["shared", environment, ...(system.settings.sharedWith ?? [])];
  return {
    description: `What may be delivered to ${system.name}, from where and to where`,
    sourceRepos: settings.gitops ? [settings.gitops.repository] : [],
    destinations: system.namespaces
      .filter((each) => environments.includes(each.environment))
      .map((each) => ({ server: "https://kubernetes.default.svc", namespace: each.name })),
    clusterResourceWhitelist: [],
    namespaceResourceBlacklist: [
      { group: "", kind: "ResourceQuota" },
      { group: "", kind: "LimitRange" },
    ],
  };
}

function values(site: Site, secret: SecretReference): Values {
  const size = sizes(site);
  const high = replicas(site, 2) > 1;
  const monitored = { enabled: hasMonitors(site), serviceMonitor: { enabled: hasMonitors(site) } };
  const disruption = high && { pdb: { enabled: true, maxUnavailable: 1 } };
  return {
    crds: { install: true, keep: true },
    global: {
      priorityClassName: "platform-critical",
      networkPolicy: { create: false },
      ...rolledWith(secret),
    },
    configs: {
      cm: { "admin.enabled": false, "users.anonymous.enabled": true },
      rbac: { "policy.default": "role:readonly" },
    },
    // Single sign-on, notifications and generated Applications are not used.
    dex: { enabled: false },
    notifications: { enabled: false },
    applicationSet: {
      replicas: 0,
      deploymentAnnotations: { [unusedAnnotation]: "generated Applications are not used" },
      resources: resources(size.small),
    },
    controller: { resources: resources(size.controller), metrics: monitored },
    server: {
      replicas: replicas(site, 2),
      resources: resources(size.server),
      metrics: monitored,
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": "argocd-server" }),
      ...disruption,
    },
    repoServer: {
      replicas: replicas(site, 2),
      // It clones repositories into its scratch space.
      resources: resources({ ...size.repoServer, disk: "2Gi" }),
      copyutil: { resources: resources(size.small) },
      metrics: monitored,
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": "argocd-repo-server" }),
      ...disruption,
    },
    redisSecretInit: { enabled: false },
    redis: { enabled: !high, resources: resources(size.small) },
    "redis-ha": {
      enabled: high,
      podDisruptionBudget: { maxUnavailable: 1 },
      redis: { resources: resources(size.redis), ...rolledWith(secret) },
      sentinel: { resources: resources(size.small) },
      splitBrainDetection: { resources: resources(size.small) },
      init: { resources: resources(size.small) },
      haproxy: {
        ...rolledWith(secret),
        podDisruptionBudget: { maxUnavailable: 1 },
        resources: resources(size.redis),
        init: { resources: resources(size.small) },
        metrics: { enabled: hasMonitors(site), serviceMonitor: { enabled: hasMonitors(site) } },
      },
    },
  };
}

function declareNetwork(site: Site): void {
  const { network, settings } = site;
  const component = (name: string) =>
    pods(namespace, `argocd-${name}`, { "app.kubernetes.io/name": `argocd-${name}` });
  const controller = component("application-controller");
  const server = component("server");
  const repoServer = component("repo-server");
  const high = replicas(site, 2) > 1;
  // By labels that its Service selects by: where policies are judged before translation, no others open its address.
  const cache = high
    ? pods(namespace, "argocd-redis-ha-haproxy", { app: "redis-ha-haproxy", release: "argocd" })
    : component("redis");
  for (const each of [controller, server]) {
    network.allow(each, apiServer);
    network.allow(each, repoServer, repoServerPort);
  }
  for (const each of [controller, server, repoServer]) network.allow(each, cache, redisPort);
  if (high) {
    const redis = pods(namespace, "argocd-redis-ha", { app: "redis-ha", release: "argocd" });
    network.allow(cache, redis, redisPort, sentinelPort);
    network.allow(redis, redis, redisPort, sentinelPort);
    allowScraping(site, cache, haproxyMetricsPort);
  }
  if (settings.gitops !== undefined) {
    network.allow(repoServer, internet(new URL(settings.gitops.repository).host), 443);
  }
  allowScraping(site, controller, 8082);
  allowScraping(site, server, 8083);
  allowScraping(site, repoServer, 8084);
}

type Part = "controller" | "server" | "repoServer" | "redis" | "small";

/** The controller keeps every object that it looks after in memory. */
function sizes({ environment }: Site): Readonly<Record<Part, Resources>> {
  if (environment === "production") {
    return {
      controller: { cpu: "500m", memory: "2Gi" },
      server: { cpu: "100m", memory: "256Mi" },
      repoServer: { cpu: "200m", memory: "512Mi" },
      redis: { cpu: "100m", memory: "256Mi" },
      small: { cpu: "20m", memory: "64Mi" },
    };
  }
  return {
    controller: { cpu: "100m", memory: "512Mi", cpuLimit: "1" },
    server: { cpu: "20m", memory: "128Mi" },
    repoServer: { cpu: "20m", memory: "256Mi", cpuLimit: "500m" },
    redis: { cpu: "20m", memory: "64Mi" },
    small: { cpu: "10m", memory: "32Mi", cpuLimit: "100m" },
  };
}
