import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterDns } from "../cluster/cluster";
import type { AwsConfig } from "../config/aws";
import { cloudServices } from "../network/edge";

/** Records at Route 53, in public zones alone. */
export const route53Records: ClusterDns["records"] = {
  provider: "aws",
  api: cloudServices("route53.amazonaws.com"),
  arguments: { "aws-zone-type": "public" },
};

export interface DnsArgs {
  readonly config: NonNullable<AwsConfig["dns"]>;
  readonly protectData: boolean;
}

/** The public hosted zone of the stack's domain: its own, or one that exists already. (C11) */
export class Dns extends pulumi.ComponentResource {
  readonly zoneId: pulumi.Output<string>;
  readonly zoneArn: pulumi.Output<string>;
  /** What has to be entered at the registrar; empty for a zone that exists already. */
  readonly nameServers: pulumi.Output<string[]>;

  constructor(name: string, args: DnsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:Dns", name, {}, opts);
    const { zone, existingZoneId } = args.config;

    if (existingZoneId !== undefined) {
      this.zoneId = pulumi.output(existingZoneId);
      this.nameServers = pulumi.output([]);
    } else {
      const hosted = new route53.Zone(
        `${name}-zone`,
        { name: zone, comment: "Managed by Pulumi", ...(!args.protectData && { forceDestroy: true }) },
        { parent: this, protect: args.protectData, retainOnDelete: args.protectData },
      );
      this.zoneId = hosted.zoneId;
      this.nameServers = hosted.nameServers;
    }
    this.zoneArn = pulumi.interpolate`arn:aws:route53:::hostedzone/${this.zoneId}`;
    this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers });
  }
}

/**
 * What the cluster may do in the zone. The edge's own name is not the cluster's: an Ingress for it would lead the world
 * past the firewall. The ingress's name is: only the cluster learns its load balancer's address. (C11, C13)
 */
export function clusterDns(
  { zone }: DnsArgs["config"],
  edge: AwsConfig["edge"],
  zoneId: pulumi.Input<string>,
): ClusterDns {
  return {
    records: route53Records,
    domains: [zone],
    zoneId,
    excluded: edge ? [edge.hostName] : [],
    ingressNames: edge?.apiOrigin === undefined ? [] : [edge.apiOrigin],
  };
}
