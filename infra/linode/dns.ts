import { Domain } from "@pulumi/linode/domain";
import { DomainRecord } from "@pulumi/linode/domainRecord";
import { Token } from "@pulumi/linode/token";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterDns } from "../cluster/cluster";
import type { LinodeDnsConfig, LinodeDnsRecord } from "../config/linode-dns";
import { internet } from "../network/edge";

/** Linode's name servers, which the domain's registrar must point to. */
export const nameServers = [1, 2, 3, 4, 5].map((number) => `ns${number}.linode.com`);

/** Records at Linode's DNS Manager. */
export const linodeRecords: ClusterDns["records"] = {
  provider: "linode",
  api: internet("api.linode.com"),
};

/** Lifetime of what hardly ever changes, seconds. */
const lasting = 86_400;

/** Arguments of {@link LinodeDns}. */
export interface LinodeDnsArgs {
  readonly config: LinodeDnsConfig;
}

/**
 * A domain that Linode's name servers answer for, who may issue certificates for it, and the records that the stack names.
 * Records of ingresses are not here: the cluster keeps those, since it alone learns a NodeBalancer's address (C11). It gets
 * a token of its own for that.
 */
export class LinodeDns extends pulumi.ComponentResource {
  /** The domain. */
  readonly domain: pulumi.Output<string>;
  /** What the cluster needs to keep its own records. */
  readonly cluster: ClusterDns;

  constructor(name: string, { config }: LinodeDnsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:linode:Dns", name, {}, options);

    const domain = new Domain(
      `${name}-domain`,
      { type: "master", domain: config.domain, soaEmail: config.contact, axfrIps: [] },
      { parent: this },
    );
    const domainId = domain.id.apply(Number);
    for (const authority of config.certificateAuthorities) {
      new DomainRecord(
        `${name}-caa-${authority}`,
        { domainId, recordType: "CAA", name: "", tag: "issue", target: authority, ttlSec: lasting },
        { parent: this },
      );
    }
    for (const record of config.records) {
      new DomainRecord(
        `${name}-record-${slug(record)}`,
        {
          domainId,
          recordType: record.type,
          name: record.name === "@" ? "" : record.name,
          target: record.target,
          ttlSec: record.ttlSeconds,
          ...(record.priority !== undefined && { priority: record.priority }),
        },
        { parent: this },
      );
    }

    // The stack's own token opens the whole account; what goes into the cluster opens its domains alone. (C6)
    const { token } = new Token(
      `${name}-cluster`,
      { label: `external-dns ${config.domain}`, scopes: "domains:read_write" },
      { parent: this, additionalSecretOutputs: ["token"] },
    );
    this.cluster = {
      records: linodeRecords,
      domains: [config.domain],
      excluded: [],
      ingressNames: [],
      token: pulumi.secret(token),
    };
    this.domain = domain.domain;
    this.registerOutputs({ domain: this.domain });
  }
}

/** What tells a record from all others of the domain, so that adding one renames none. */
function slug({ type, name, target }: LinodeDnsRecord): string {
  return `${type}-${name}-${target}`.toLowerCase();
}
