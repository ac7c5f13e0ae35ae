import * as pulumi from "@pulumi/pulumi";
import type { ClusterDns } from "../cluster/cluster";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import type { Site } from "../kit/site";
import { resources, type Values } from "../kit/values";
import { apiServer, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link DnsRecords}. */
export interface DnsRecordsArgs {
  readonly site: Site;
  readonly dns: ClusterDns;
}

/** Names of a Service that external-dns makes records for. */
export const recordAnnotation = "external-dns.alpha.kubernetes.io/hostname";

const namespace = "platform-system";
const port = 7979;
const tokenBundle = "linode-dns-token";

/**
 * external-dns: a record for each host of the cluster's Ingresses, and for Services that ask for one. (C11,
 * 001, 002)
 *
 * It also deletes records (`sync`), because one that outlives its load balancer leads to the next owner of
 * the address. It changes only records that it has marked as this cluster's own by a TXT record, so those of
 * people, of this program and of other clusters in the zone are safe.
 */
export class DnsRecords extends pulumi.ComponentResource {
  constructor(name: string, { site, dns }: DnsRecordsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:DnsRecords", name, {}, options);
    const chart = charts.externalDns;
    const { records } = dns;
    const credentials = linodeCredentials(site, dns);
    helmRelease(
      `${name}-release`,
      {
        site,
        chart,
        namespace,
        values: {
          provider: { name: records.provider },
          sources: ["ingress", "service"],
          domainFilters: dns.domains,
          excludeDomains: dns.excluded,
          policy: "sync",
          registry: "txt",
          txtOwnerId: site.cluster.displayName,
          // The type in front makes a name of its own within the zone, for the domain itself too, where a CNAME has to stand alone.
          txtPrefix: "owner-%{record_type}.",
          triggerLoopOnEvent: true,
          logFormat: "json",
          ...(records.arguments && { extraArgs: { ...records.arguments } }),
          ...credentials?.values,
          resources: resources({ cpu: "20m", memory: "128Mi" }),
          priorityClassName: "platform-critical",
          serviceMonitor: { enabled: hasMonitors(site) },
        },
      },
      this,
      site.monitorDefinitions,
      credentials?.secret,
    );
    const controller = pods(namespace, chart.name, { "app.kubernetes.io/name": chart.name });
    site.network.allow(controller, apiServer);
    site.network.allow(controller, records.api, 443);
    allowScraping(site, controller, port);
    this.registerOutputs();
  }
}

/** external-dns takes Linode's token from the environment only. On AWS the pod's own identity opens the zone. (C6) */
function linodeCredentials(
  site: Site,
  { token }: ClusterDns,
): { readonly values: Values; readonly secret: pulumi.Resource } | undefined {
  if (token === undefined) return undefined;
  const secret = site.secrets.provide(namespace, tokenBundle, { token });
  return {
    secret: secret.resource,
    values: {
      env: [{ name: "LINODE_TOKEN", valueFrom: { secretKeyRef: { name: secret.name, key: "token" } } }],
      podAnnotations: { "checksum/token": secret.checksum },
    },
  };
}
