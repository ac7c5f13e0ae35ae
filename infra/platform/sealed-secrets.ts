import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import type { Site } from "../kit/site";
import { resources, restrictedContainer } from "../kit/values";
import { apiServer, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link SealedSecrets}. */
export interface SealedSecretsArgs {
  readonly site: Site;
}

const namespace = "platform-system";
const httpPort = 8080;
const metricsPort = 8081;

/**
 * The Sealed Secrets controller: what GitOps applies may hold secrets that only the cluster can open. Its keys are Secrets
 * in its namespace, and are worth a backup: without them everything sealed is lost. (P6, 002)
 */
export class SealedSecrets extends pulumi.ComponentResource {
  constructor(name: string, { site }: SealedSecretsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:SealedSecrets", name, {}, options);
    helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.sealedSecrets,
        namespace,
        values: {
          resources: resources({ cpu: "25m", memory: "64Mi" }),
          priorityClassName: "platform-critical",
          containerSecurityContext: { ...restrictedContainer },
          metrics: { serviceMonitor: { enabled: hasMonitors(site) } },
          // By default every service account may call the controller through the API server, and have sealed
          // values sealed again. Administrators may without this.
          rbac: { serviceProxier: { create: false, bind: false } },
        },
      },
      this,
      site.monitorDefinitions,
    );
    const controller = pods(namespace, "sealed-secrets", { "app.kubernetes.io/name": "sealed-secrets" });
    site.network.allow(controller, apiServer);
    // kubeseal asks for the public key by way of the API server.
    site.network.allow(apiServer, controller, httpPort);
    allowScraping(site, controller, metricsPort);
    this.registerOutputs();
  }
}
