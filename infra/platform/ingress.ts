import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { guestsOf, replicas, type Site } from "../kit/site";
import { type Resources, resources, spread, type Values } from "../kit/values";
import { apiServer, everybody } from "../network/edge";
import { charts } from "./charts";
import { edgeOrigin } from "./edge-origin";
import { ingressClass, ingressController, ingressNamespace } from "./ingress-class";
import { ingressService } from "./ingress-service";
import { accessLogFormat, tlsCiphers } from "./ingress-settings";

/** Arguments of {@link IngressController}. */
export interface IngressControllerArgs {
  readonly site: Site;
  /** What gives the controller's Service its load balancer, where the cluster does not by itself. */
  readonly loadBalancers?: pulumi.Resource;
}

const ports = { http: 80, https: 443, metrics: 9113 } as const;

/** Seconds that a pod goes on answering after it was told to stop, because load balancers go on sending that long. */
const drainSeconds = 30;

/**
 * NGINX between the internet and the services, behind the cloud's load balancer: TLS 1.2 and 1.3 only, HSTS, client
 * addresses as they were before the load balancer. What differs from host to host (size of requests, timeouts, rates) is
 * said by each Ingress. (P1, C11, 000, 002, 003)
 */
export class IngressController extends pulumi.ComponentResource {
  constructor(
    name: string,
    { site, loadBalancers }: IngressControllerArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:platform:IngressController", name, {}, options);
    const { service, settings } = ingressService(site);
    const origin = edgeOrigin(site);
    const count = replicas(site, site.environment === "production" ? 3 : 2);
    helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.nginxIngress,
        namespace: ingressNamespace,
        values: {
          controller: {
            replicaCount: count,
            ingressClass: { name: ingressClass, create: true, setAsDefaultIngress: false },
            enableSnippets: false,
            telemetryReporting: { enable: false },
            readOnlyRootFilesystem: true,
            config: {
              entries: {
                ...globalSettings,
                ...settings,
                "http-snippets": lines(...httpLines, ...origin.http),
                ...(origin.server.length > 0 && { "server-snippets": lines(...origin.server) }),
              },
            },
            ...secretFiles(origin.mounts),
            service,
            // Bodies that are larger than NGINX's buffers wait on disk.
            resources: resources({ ...sizeFor(site), disk: "4Gi" }),
            initContainerResources: resources({ cpu: "10m", memory: "32Mi" }),
            priorityClassName: "platform-critical",
            topologySpreadConstraints: spread(ingressController.labels),
            ...(count > 1 && { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } }),
            strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
            // A pod is ready before its load balancer knows it.
            minReadySeconds: count > 1 ? drainSeconds : 0,
            lifecycle: { preStop: { sleep: { seconds: drainSeconds } } },
            terminationGracePeriodSeconds: 3 * drainSeconds,
          },
          prometheus: {
            create: true,
            port: ports.metrics,
            service: { create: hasMonitors(site) },
            serviceMonitor: { create: hasMonitors(site) },
          },
        },
      },
      this,
      site.monitorDefinitions,
      loadBalancers,
      ...origin.mounts.map(({ secret }) => secret.resource),
    );
    site.network.allow(everybody, ingressController, ports.http, ports.https);
    site.network.allow(ingressController, apiServer);
    allowScraping(site, ingressController, ports.metrics);
    // The stack that owns a namespace declares its ports, and opens them.
    for (const { namespace } of guestsOf(site)) {
      site.network.allow(ingressController, { kind: "all-pods", namespace });
    }
    this.registerOutputs();
  }
}

/** Defaults for every host. An Ingress can override them where NGINX allows it. */
const globalSettings = {
  "server-tokens": "False",
  "ssl-protocols": "TLSv1.2 TLSv1.3",
  "ssl-ciphers": tlsCiphers,
  "ssl-prefer-server-ciphers": "False",
  http2: "True",
  hsts: "True",
  "hsts-max-age": "31536000",
  // Before the container's limit of CPU NGINX would see the node's, and start a worker for each of its cores.
  "worker-processes": "2",
  // An answer that takes minutes keeps two connections, and NGINX's own limit is 1,024: with this one each pod holds 4,096 such
  // answers, at about 60 KiB each within half of its memory.
  "worker-connections": "4096",
  "worker-rlimit-nofile": "16384",
  // Answers for slow clients are buffered in memory, not on disk without a limit.
  "proxy-max-temp-file-size": "0",
  "log-format-escaping": "json",
  "log-format": accessLogFormat,
  "default-server-access-log-off": "True",
} as const;

/** Large bodies, such as image layers and long prompts, are passed on as they arrive. Otherwise NGINX would store them on the pod's disk first. */
const httpLines = ["proxy_request_buffering off;"];

/** Lines in the form that the controller takes: snippets of Ingresses are off, these are the platform's own. */
function lines(...all: readonly string[]): string {
  return all.join("\n");
}

/** Files of Secrets in the controller's pods, which are replaced when those change. */
function secretFiles(mounts: ReturnType<typeof edgeOrigin>["mounts"]): Values {
  if (mounts.length === 0) return {};
  const name = ({ secret }: (typeof mounts)[number]) => secret.name;
  return {
    volumes: mounts.map((mount) => ({ name: name(mount), secret: { secretName: name(mount) } })),
    volumeMounts: mounts.map((mount) => ({ name: name(mount), mountPath: mount.path, readOnly: true })),
    pod: {
      annotations: Object.fromEntries(
        mounts.map((mount) => [`checksum/${name(mount)}`, mount.secret.checksum]),
      ),
    },
  };
}

function sizeFor({ environment }: Site): Resources {
  switch (environment) {
    case "production":
      return { cpu: "500m", memory: "512Mi", cpuLimit: "2" };
    case "staging":
      return { cpu: "100m", memory: "256Mi", cpuLimit: "1" };
    case "development":
      return { cpu: "25m", memory: "192Mi", cpuLimit: "500m" };
  }
}
