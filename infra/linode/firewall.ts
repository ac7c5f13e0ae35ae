import { Firewall } from "@pulumi/linode/firewall";
import * as pulumi from "@pulumi/pulumi";
import { nodeRange } from "./addresses";

/** Where NodeBalancers speak to nodes from. */
const nodeBalancers = "192.168.255.0/24";

/**
 * What LKE needs to let in; everything else is dropped.
 *
 * @see https://techdocs.akamai.com/cloud-computing/docs/lke-network-firewall-details (read 2026-11)
 * @see https://github.com/linode/cloud-firewall-controller internal/rules/defaults.go, for Typha and IPENCAP
 */
const inbound = [
  {
    label: "kubelet",
    protocol: "TCP",
    ports: "10250, 10256",
    from: nodeRange,
    why: "Kubelet and kube-proxy health checks",
  },
  {
    label: "wireguard",
    protocol: "UDP",
    ports: "51820",
    from: nodeRange,
    why: "Tunnel to the control plane",
  },
  { label: "dns-tcp", protocol: "TCP", ports: "53", from: nodeRange, why: "Cluster DNS" },
  { label: "dns-udp", protocol: "UDP", ports: "53", from: nodeRange, why: "Cluster DNS" },
  { label: "calico-bgp", protocol: "TCP", ports: "179", from: nodeRange, why: "Routes between nodes" },
  {
    label: "calico-typha",
    protocol: "TCP",
    ports: "5473",
    from: nodeRange,
    why: "Network policies to nodes",
  },
  { label: "pods", protocol: "IPENCAP", from: nodeRange, why: "Pod traffic between nodes" },
  { label: "ping", protocol: "ICMP", from: nodeRange, why: "Reachability between nodes" },
  {
    label: "node-ports-tcp",
    protocol: "TCP",
    ports: "30000-32767",
    from: nodeBalancers,
    why: "NodeBalancers",
  },
  {
    label: "node-ports-udp",
    protocol: "UDP",
    ports: "30000-32767",
    from: nodeBalancers,
    why: "NodeBalancers",
  },
] as const satisfies readonly {
  readonly label: string;
  readonly protocol: "TCP" | "UDP" | "ICMP" | "IPENCAP";
  readonly ports?: string;
  readonly from: string;
  readonly why: string;
}[];

/** Arguments of {@link NodeFirewall}. */
export interface NodeFirewallArgs {
  /** The firewall's label, 3 to 32 characters, unique in the account. */
  readonly label: string;
  /** Numbers of the Linodes that it stands in front of. */
  readonly nodeIds: pulumi.Input<readonly number[]>;
}

/**
 * Drops what reaches the nodes' public addresses, except what LKE and NodeBalancers need (C6, K6). Nodes may go out.
 *
 * It stands in front of the nodes that the state knows. Nodes that the autoscaler starts, or that LKE replaces, come under it
 * with the next `pulumi up --refresh`; until then their node ports can be reached from outside.
 *
 * There is no VPC: nodes of LKE's standard tier cannot join one, and neither can managed databases with this provider.
 */
export class NodeFirewall extends pulumi.ComponentResource {
  constructor(name: string, args: NodeFirewallArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:linode:NodeFirewall", name, {}, options);

    const firewall = new Firewall(
      `${name}-firewall`,
      {
        label: args.label,
        inboundPolicy: "DROP",
        outboundPolicy: "ACCEPT",
        inbounds: inbound.map(({ label, protocol, from, why, ...rule }) => ({
          label,
          action: "ACCEPT",
          protocol,
          ...("ports" in rule && { ports: rule.ports }),
          ipv4s: [from],
          description: why,
        })),
        linodes: pulumi.output(args.nodeIds).apply((ids) => [...ids].sort((left, right) => left - right)),
      },
      { parent: this },
    );

    this.registerOutputs({ firewallId: firewall.id });
  }
}
