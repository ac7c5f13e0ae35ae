import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { childOptions, replicas, type Site } from "../kit/site";
import { type Resources, resources, spread } from "../kit/values";
import { apiServer, cloudServices, internet, type Pods, pods } from "../network/edge";
import { charts } from "./charts";
import { ingressClass } from "./ingress-class";

/** Arguments of {@link Certificates}. */
export interface CertificatesArgs {
  readonly site: Site;
}

const namespace = "cert-manager";
const metricsPort = 9402;
const webhookPort = 10250;

/** The name by which Ingresses ask for a certificate: `cert-manager.io/cluster-issuer`. (000) */
export const clusterIssuer = "letsencrypt-prod";

function component(name: string): Pods {
  return pods(namespace, `cert-manager-${name}`, {
    "app.kubernetes.io/instance": charts.certManager.name,
    "app.kubernetes.io/component": name,
  });
}

/** What asks for certificates: cert-manager's controller. */
export const certificateController = component("controller");

/** Where each choice of the stack gets its certificates. Undefined: the cluster signs its own. */
const acmeServers = {
  "self-signed": undefined,
  "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
  letsencrypt: "https://acme-v02.api.letsencrypt.org/directory",
} as const;

/** Zones in which the cluster's pods may prove that a host is ours: those at Route 53, which the pod's own identity opens. */
export function challengeZones({ cluster: { dns } }: Site): readonly string[] {
  return dns?.zoneId === undefined ? [] : dns.domains;
}

/**
 * cert-manager, and the one issuer that every public host uses. The issuer has the name that the seeds' Ingresses give in
 * every stack; the stack decides who stands behind it. Hosts in a zone of the stack's at Route 53 are proven by records there,
 * so that they need no visitors yet, and may stand behind CloudFront; all others by an answer over HTTP. Linode's DNS is among
 * these: cert-manager speaks to it by a webhook only, and none is maintained by Akamai or by cert-manager's own people. (P1,
 * 000, 002)
 */
export class Certificates extends pulumi.ComponentResource {
  /** For resources that ask for certificates. */
  readonly ready: pulumi.Resource;

  constructor(name: string, { site }: CertificatesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Certificates", name, {}, options);
    const deployment = ({ labels }: Pods, size: Resources) => ({
      replicaCount: replicas(site, 2),
      resources: resources(size),
      topologySpreadConstraints: spread(labels),
      ...(replicas(site, 2) > 1 && { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } }),
    });
    const release = helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.certManager,
        namespace,
        values: {
          crds: { enabled: true, keep: true },
          global: { priorityClassName: "platform-critical", leaderElection: { namespace } },
          ...deployment(certificateController, { cpu: "50m", memory: "256Mi" }),
          webhook: deployment(component("webhook"), { cpu: "25m", memory: "128Mi" }),
          cainjector: deployment(component("cainjector"), { cpu: "50m", memory: "512Mi" }),
          startupapicheck: { resources: resources({ cpu: "25m", memory: "64Mi" }) },
          // It asks the cluster's own DNS whether a record has arrived, and needs no way to other name servers.
          ...(solvesByDns(site) && { dns01RecursiveNameserversOnly: true }),
          prometheus: { enabled: true, servicemonitor: { enabled: hasMonitors(site) } },
        },
      },
      this,
      site.monitorDefinitions,
    );
    this.declareNetwork(site);
    this.ready = this.createIssuer(name, site, release);
    this.registerOutputs();
  }

  private createIssuer(name: string, site: Site, release: pulumi.Resource): pulumi.Resource {
    const server = acmeServers[site.settings.issuer];
    const spec =
      server === undefined
        ? { selfSigned: {} }
        : {
            acme: {
              server,
              email: site.settings.contact,
              privateKeySecretRef: { name: "letsencrypt-account" },
              solvers: solvers(site),
            },
          };
    return new CustomResource(
      `${name}-issuer`,
      {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: { name: clusterIssuer },
        spec,
      },
      childOptions(this, site, namespace, release),
    );
  }

  private declareNetwork(site: Site): void {
    const { network, settings } = site;
    const webhook = component("webhook");
    // The release's own last step: it makes a Certificate to see whether the webhook answers.
    network.allow(component("startupapicheck"), apiServer);
    for (const each of [certificateController, webhook, component("cainjector")]) {
      network.allow(each, apiServer);
      allowScraping(site, each, metricsPort);
    }
    network.allow(apiServer, webhook, webhookPort);
    const server = acmeServers[settings.issuer];
    if (server !== undefined) network.allow(certificateController, internet(new URL(server).host), 443);
    if (solvesByDns(site)) {
      network.allow(certificateController, cloudServices("route53.amazonaws.com"), 443);
    }
  }
}

function solvesByDns(site: Site): boolean {
  return acmeServers[site.settings.issuer] !== undefined && challengeZones(site).length > 0;
}

/** The solver of the zones that are known, which goes before the one of all other hosts. */
function solvers(site: Site): readonly object[] {
  const { aws, dns } = site.cluster;
  const dnsZones = challengeZones(site);
  return [
    ...(dnsZones.length > 0
      ? [
          {
            selector: { dnsZones },
            dns01: { route53: { region: aws?.region, hostedZoneID: dns?.zoneId } },
          },
        ]
      : []),
    { http01: { ingress: { ingressClassName: ingressClass } } },
  ];
}
