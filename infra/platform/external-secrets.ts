import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import type { SecretStore } from "../cluster/cluster";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { childOptions, replicas, type Site } from "../kit/site";
import { type Resources, resources, spread } from "../kit/values";
import { apiServer, cloudServices, pods } from "../network/edge";
import { externalStoreName } from "../secrets/external-secret";
import { charts } from "./charts";

/** Arguments of {@link ExternalSecrets}. */
export interface ExternalSecretsArgs {
  readonly site: Site;
  /** What secrets are copied from. */
  readonly store: SecretStore;
}

const namespace = "platform-system";
const metricsPort = 8080;
const webhookPort = 10250;

/**
 * The External Secrets operator, and the one store that it reads: AWS Secrets Manager, by the identity of its own pods,
 * and of that only what begins with the cluster's name. It is there where a bundle has external keys. (P6, C6)
 */
export class ExternalSecrets extends pulumi.ComponentResource {
  constructor(name: string, { site, store }: ExternalSecretsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:ExternalSecrets", name, {}, options);
    const release = helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.externalSecrets,
        namespace,
        values: {
          ...component(site, "external-secrets", { cpu: "50m", memory: "256Mi" }),
          webhook: component(site, "external-secrets-webhook", { cpu: "25m", memory: "128Mi" }),
          certController: {
            resources: resources({ cpu: "25m", memory: "128Mi" }),
            priorityClassName: "platform-critical",
          },
          leaderElect: true,
          serviceMonitor: { enabled: hasMonitors(site), renderMode: "alwaysRender" },
          crds: {
            annotations: { "helm.sh/resource-policy": "keep" },
            createClusterExternalSecret: false,
            createClusterPushSecret: false,
            createPushSecret: false,
            createClusterGenerator: false,
          },
          processClusterExternalSecret: false,
          processClusterPushSecret: false,
          processPushSecret: false,
          processClusterGenerator: false,
          // The store accepts the operator's own identity only.
          rbac: { serviceAccountTokenCreate: false },
        },
      },
      this,
      site.monitorDefinitions,
    );
    declareNetwork(site, store);
    site.secrets.useExternalStore(this.createStore(name, site, store, release));
    this.registerOutputs();
  }

  private createStore(
    name: string,
    site: Site,
    { region, prefix }: SecretStore,
    release: pulumi.Resource,
  ): pulumi.Resource {
    return new CustomResource(
      `${name}-store`,
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ClusterSecretStore",
        metadata: { name: externalStoreName },
        spec: { provider: { aws: { service: "SecretsManager", region, prefix } } },
      },
      childOptions(this, site, namespace, release),
    );
  }
}

function component(site: Site, label: string, size: Resources) {
  const number = replicas(site, 2);
  return {
    replicaCount: number,
    resources: resources(size),
    priorityClassName: "platform-critical",
    topologySpreadConstraints: spread({ "app.kubernetes.io/name": label }),
    ...(number > 1 && { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } }),
  };
}

function declareNetwork(site: Site, { host }: SecretStore): void {
  const { network } = site;
  const componentPods = (label: string) => pods(namespace, label, { "app.kubernetes.io/name": label });
  const operator = componentPods("external-secrets");
  const webhook = componentPods("external-secrets-webhook");
  for (const each of [operator, webhook, componentPods("external-secrets-cert-controller")]) {
    network.allow(each, apiServer);
    allowScraping(site, each, metricsPort);
  }
  network.allow(apiServer, webhook, webhookPort);
  network.allow(operator, cloudServices(host), 443);
}
