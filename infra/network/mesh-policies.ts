import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster";
import { type Authorization, authorize } from "./authorize";
import type { ClusterNetwork } from "./cluster-network";

/** Arguments of {@link MeshPolicies}. */
export interface MeshPoliciesArgs {
  readonly cluster: Cluster;
  readonly network: ClusterNetwork;
  /** The namespaces of the mesh that this stack deploys to: in these, a caller without a certificate is turned away. */
  readonly namespaces: readonly string[];
  /** Whether a namespace's pods are in the mesh. */
  readonly isMember: (namespace: string) => boolean;
  /** The resource that makes a namespace; undefined where another stack did. */
  readonly namespace: (name: string) => pulumi.Resource | undefined;
  /** The mesh's control plane; undefined where another stack did. */
  readonly meshControlPlane: pulumi.Resource | undefined;
}

/**
 * What the mesh enforces for its pods, the systems' and the platform's: every call is encrypted and
 * authenticated, except on the ports that an edge opens to callers outside the mesh, such as the API server
 * and load balancers; and only declared ports accept calls. (P16, 003)
 */
export class MeshPolicies extends pulumi.ComponentResource {
  constructor(name: string, args: MeshPoliciesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:network:MeshPolicies", name, {}, options);
    const { network, namespaces, isMember } = args;
    const isGuarded = (namespace: string): boolean => namespaces.includes(namespace);
    const create = (kind: string, policy: string, namespace: string, spec: object): void => {
      new CustomResource(
        `${name}-${namespace}-${policy}-${kind.toLowerCase()}`,
        { apiVersion: "security.istio.io/v1", kind, metadata: { name: policy, namespace }, spec },
        {
          parent: this,
          provider: args.cluster.provider,
          dependsOn: [args.namespace(namespace), args.meshControlPlane].filter((each) => each !== undefined),
        },
      );
    };
    for (const namespace of namespaces) {
      create("PeerAuthentication", "default", namespace, { mtls: { mode: "STRICT" } });
    }
    for (const authorization of authorize(network.edges, { isMember, isGuarded })) {
      const { name: policy, namespace } = authorization;
      create("AuthorizationPolicy", policy, namespace, authorizationSpec(authorization));
      if (authorization.plainPorts.length > 0) {
        create("PeerAuthentication", policy, namespace, peerAuthenticationSpec(authorization));
      }
    }
    this.registerOutputs();
  }
}

function authorizationSpec({ labels, rules }: Authorization) {
  return {
    ...(labels && { selector: { matchLabels: { ...labels } } }),
    action: "ALLOW",
    rules: rules.map(({ from, ports }) => ({
      ...(from !== undefined && { from: [{ source: { namespaces: [from] } }] }),
      ...(ports && { to: [{ operation: { ports: ports.map(String) } }] }),
    })),
  };
}

function peerAuthenticationSpec({ labels, plainPorts }: Authorization) {
  return {
    selector: { matchLabels: { ...labels } },
    mtls: { mode: "STRICT" },
    portLevelMtls: Object.fromEntries(plainPorts.map((port) => [String(port), { mode: "PERMISSIVE" }])),
  };
}
