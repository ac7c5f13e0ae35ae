import { Service } from "@pulumi/kubernetes/core/v1";
import { Ingress } from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping } from "../kit/monitors";
import { childOptions, guestsOf, has, namespacesOf, type Site } from "../kit/site";
import { apiServer } from "../network/edge";
import { allowChallenges } from "./challenges";
import { charts } from "./charts";
import { grafanaService } from "./grafana";
import { platformHost, secureHost } from "./hosts";
import { ingressClass } from "./ingress-class";
import { grafana } from "./metrics";
import {
  collector,
  collectorMetricsPort,
  collectorPeerPort,
  collectorPeersService,
  collectorPorts,
  collectorValues,
} from "./span-collector";
import { allowBucket, telemetryBucket } from "./telemetry-bucket";
import { tempo, tempoPort, tempoSpansPort, tempoValues } from "./tempo";

/** Arguments of {@link Traces}. */
export interface TracesArgs {
  readonly site: Site;
}

/** Tempo, and the collector that every service sends its spans to. (P4, 001, 002) */
export class Traces extends pulumi.ComponentResource {
  /** For resources that send spans. */
  readonly ready: pulumi.Resource;

  constructor(name: string, { site }: TracesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Traces", name, {}, options);
    const namespace = namespacesOf(site).monitoring;
    const bucket = telemetryBucket(site, namespace);
    helmRelease(
      `${name}-tempo`,
      { site, chart: charts.tempo, namespace, values: tempoValues(site, bucket) },
      this,
      bucket?.secret?.resource,
      site.monitorDefinitions,
    );
    const peers = this.createPeersService(name, site, namespace);
    this.ready = helmRelease(
      `${name}-collector`,
      { site, chart: charts.openTelemetryCollector, namespace, values: collectorValues(site) },
      this,
      peers,
      site.monitorDefinitions,
    );
    const host = platformHost(site, "jaeger");
    if (host !== undefined && has(site, "metrics")) this.createJaegerHost(name, site, host);

    const { network } = site;
    const store = tempo(site);
    const spans = collector(site);
    allowBucket(site, store, bucket);
    for (const { namespace } of guestsOf(site)) {
      const senders = { kind: "all-pods", namespace } as const;
      network.allow(senders, spans, collectorPorts.otlpGrpc, collectorPorts.otlpHttp);
    }
    network.allow(spans, apiServer);
    network.allow(spans, spans, collectorPeerPort);
    network.allow(spans, store, tempoSpansPort);
    if (has(site, "metrics")) network.allow(grafana(site), store, tempoPort);
    allowScraping(site, store, tempoPort);
    allowScraping(site, spans, collectorMetricsPort);
    this.registerOutputs();
  }

  /** One name with every collector's own address, so that they can share the traces among themselves. */
  private createPeersService(name: string, site: Site, namespace: string): Service {
    return new Service(
      `${name}-peers`,
      {
        metadata: {
          name: collectorPeersService,
          namespace,
          // The collectors come after it.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          clusterIP: "None",
          selector: { ...collector(site).labels },
          ports: [{ name: "otlp", port: collectorPeerPort, targetPort: collectorPeerPort }],
        },
      },
      childOptions(this, site, namespace),
    );
  }

  /**
   * The host that 001 gives people for traces. Jaeger's own pages cannot read Tempo any more, so it leads to where Grafana
   * shows them.
   */
  private createJaegerHost(name: string, site: Site, host: string): void {
    const namespace = namespacesOf(site).monitoring;
    allowChallenges(site, namespace, host);
    new Ingress(
      `${name}-jaeger`,
      {
        metadata: {
          name: "jaeger",
          namespace,
          annotations: {
            ...secureHost(site, host),
            // cert-manager adds a path while it proves that the host is ours, and so has the rules when it is done.
            "pulumi.com/patchForce": "true",
            "nginx.org/app-root": "/explore",
            "nginx.org/websocket-services": grafanaService,
            "pulumi.com/skipAwait": "true",
          },
        },
        spec: {
          ingressClassName: ingressClass,
          tls: [{ hosts: [host], secretName: "jaeger-tls" }],
          rules: [
            {
              host,
              http: {
                paths: [
                  {
                    path: "/",
                    pathType: "Prefix",
                    backend: { service: { name: grafanaService, port: { number: 80 } } },
                  },
                ],
              },
            },
          ],
        },
      },
      childOptions(this, site, namespace),
    );
  }
}
