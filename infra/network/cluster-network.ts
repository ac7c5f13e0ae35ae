import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster";
import { type CompilerArgs, compile } from "./compile";
import type { Edge, Party } from "./edge";

/**
 * Collects the calls that the program declares on a cluster. {@link NetworkPolicies} compiles them into
 * policies once everything has been declared.
 */
export class ClusterNetwork {
  private readonly declared: Edge[] = [];

  /** Lets one party call another on ports of the other's; the API server's own ports need not be named. */
  allow(from: Party, to: Party, ...ports: Edge["ports"]): void {
    this.declared.push({ from, to, ports });
  }

  get edges(): readonly Edge[] {
    return this.declared;
  }
}

/** Arguments of {@link NetworkPolicies}. */
export interface NetworkPoliciesArgs extends Omit<CompilerArgs, "addresses"> {
  readonly cluster: Cluster;
  readonly network: ClusterNetwork;
  /** The resource that makes a namespace; undefined where another stack did. */
  readonly namespace: (name: string) => pulumi.Resource | undefined;
}

/** Annotation that names the hosts outside the cluster which the policy's pods may call. */
export const egressHostsAnnotation = "ai-platform/egress-hosts";

/** The network policies of a cluster: for each workload everything that it may receive and send, and nothing else. (A9, B3, M3) */
export class NetworkPolicies extends pulumi.ComponentResource {
  constructor(name: string, args: NetworkPoliciesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:network:Policies", name, {}, options);
    const { cluster, network, owns, mesh } = args;
    for (const policy of compile(network.edges, { addresses: cluster.addresses, owns, mesh })) {
      const made = args.namespace(policy.namespace);
      new NetworkPolicy(
        `${name}-${policy.namespace}-${policy.name}`,
        {
          metadata: {
            name: policy.name,
            namespace: policy.namespace,
            ...(policy.hosts.length > 0 && {
              annotations: { [egressHostsAnnotation]: policy.hosts.join(", ") },
            }),
          },
          spec: policy.spec,
        },
        { parent: this, provider: cluster.provider, dependsOn: made ? [made] : [] },
      );
    }
    this.registerOutputs();
  }
}
