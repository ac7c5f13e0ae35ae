import type { Input } from "@pulumi/pulumi";
import type { Cloud, Exposure, LoadBalancer } from "../cluster/cloud";
import { loadBalancerDeregistrationSeconds, proxyProtocol } from "../cluster/load-balancing";

const annotation = (name: string): string => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

/** It is the class that asks for a load balancer: the controller minds no other Services. */
const networkLoadBalancer = {
  loadBalancerClass: "service.k8s.aws/nlb",
  allocateLoadBalancerNodePorts: false,
} as const;

/**
 * A network load balancer over all zones, straight to the pods.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
function expose({ scheme, host }: LoadBalancer, certificate: Input<string> | undefined): Exposure {
  // What the world speaks with is encrypted: a host without a certificate stays within the network.
  const open = scheme === "internet-facing" && (host === undefined || certificate !== undefined);
  const groups = {
    "deregistration_delay.timeout_seconds": loadBalancerDeregistrationSeconds,
    // Addresses behind it would hide its visitors', by which Market Data counts requests.
    ...(open && { "preserve_client_ip.enabled": true }),
  };
  return {
    type: "LoadBalancer",
    ...networkLoadBalancer,
    annotations: {
      [annotation("scheme")]: open ? "internet-facing" : "internal",
      [annotation("nlb-target-type")]: "ip",
      [annotation("attributes")]: "load_balancing.cross_zone.enabled=true",
      [annotation("target-group-attributes")]: Object.entries(groups)
        .map(([name, value]) => `${name}=${value}`)
        .join(","),
      ...(open &&
        certificate !== undefined && {
          [annotation("ssl-cert")]: certificate,
          [annotation("ssl-ports")]: "443",
          // TLS 1.3 alone.
          [annotation("ssl-negotiation-policy")]: "ELBSecurityPolicy-TLS13-1-3-2021-06",
        }),
    },
    ...(open && host !== undefined && { recordFor: host }),
  };
}

/** AWS: clusters of EKS. */
export const awsCloud: Cloud = {
  name: "aws",
  kind: "eks",
  /**
   * With PROXY protocol rather than preserved client addresses: with those, a pod that calls its own cluster's public
   * host never gets an answer, which is what cert-manager does before it asks Let's Encrypt to look.
   */
  ingress: {
    service: networkLoadBalancer,
    annotations: {
      [annotation("scheme")]: "internet-facing",
      [annotation("nlb-target-type")]: "ip",
      [annotation("attributes")]: "load_balancing.cross_zone.enabled=true",
      [annotation("proxy-protocol")]: "*",
      [annotation("target-group-attributes")]:
        `deregistration_delay.timeout_seconds=${loadBalancerDeregistrationSeconds}`,
    },
    settings: proxyProtocol,
  },
  expose,
  sendsToPods: true,
  signsKubelets: true,
  makesNodes: true,
};
