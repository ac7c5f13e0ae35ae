import type { Input } from "@pulumi/pulumi";
import type { ClusterKind } from "../../infra/cluster/cluster";
import { recordAnnotation } from "../../infra/platform/dns";
import { has, type Site } from "../../infra/platform/site";

/** Who reaches a service from outside the cluster. */
export interface LoadBalancer {
  /** `internal`: the cloud's private network; `internet-facing`: everybody. */
  readonly scheme: "internal" | "internet-facing";
  /** Its name on the internet, where it has one: visitors then speak TLS with it. */
  readonly host?: string | undefined;
}

/** A service's type and what its cloud has to know, in the cloud's words. */
export interface Exposure {
  readonly type: "ClusterIP" | "NodePort" | "LoadBalancer";
  /** Undefined: what the cluster makes by itself. */
  readonly loadBalancerClass?: string;
  /** Whether the nodes listen for the load balancer too. @default true, as Kubernetes has it */
  readonly allocateLoadBalancerNodePorts?: boolean;
  /** Undefined: none. */
  readonly annotations?: Readonly<Record<string, Input<string>>>;
}

const insideOnly: Exposure = { type: "ClusterIP" };

/** Seconds that a network load balancer goes on sending to a pod that it was told to leave. */
const deregistrationSeconds = 60;

/** Seconds that a pod behind a load balancer serves on: until its controller has told it, and it has left the pod. */
export const loadBalancerDrainSeconds = deregistrationSeconds + 30;

const aws = (name: string): string => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

/**
 * A network load balancer over all zones, straight to the pods. It is the class that asks for it: the controller minds no
 * other Services.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
function networkLoadBalancer(site: Site, { scheme, host }: LoadBalancer): Exposure {
  const certificate = host === undefined ? undefined : site.cluster.certificates?.[host];
  // What the world speaks with is encrypted: a host without a certificate stays within the network.
  const open = scheme === "internet-facing" && (host === undefined || certificate !== undefined);
  const groups = {
    "deregistration_delay.timeout_seconds": deregistrationSeconds,
    // Addresses behind it would hide its visitors', by which Market Data counts requests.
    ...(open && { "preserve_client_ip.enabled": true }),
  };
  return {
    type: "LoadBalancer",
    loadBalancerClass: "service.k8s.aws/nlb",
    allocateLoadBalancerNodePorts: false,
    annotations: {
      [aws("scheme")]: open ? "internet-facing" : "internal",
      [aws("nlb-target-type")]: "ip",
      [aws("attributes")]: "load_balancing.cross_zone.enabled=true",
      [aws("target-group-attributes")]: Object.entries(groups)
        .map(([name, value]) => `${name}=${value}`)
        .join(","),
      ...(open &&
        certificate !== undefined && {
          [aws("ssl-cert")]: certificate,
          [aws("ssl-ports")]: "443",
          // TLS 1.2 and 1.3 with forward secrecy.
          [aws("ssl-negotiation-policy")]: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        }),
      ...(open && host !== undefined && has(site, "dns") && site.cluster.dns && { [recordAnnotation]: host }),
    },
  };
}

const exposures: Readonly<Record<ClusterKind, (site: Site, loadBalancer: LoadBalancer) => Exposure>> = {
  eks: networkLoadBalancer,
  /** A NodeBalancer has a public address always. */
  lke: (_, { scheme }) => (scheme === "internal" ? insideOnly : { type: "LoadBalancer" }),
  /** Nobody makes load balancers on a laptop: a port of the node stands in for the public one. */
  local: (_, { scheme }) => (scheme === "internal" ? insideOnly : { type: "NodePort" }),
};

/** How a site makes a service known, to those that its load balancer is for, or inside the cluster only. (A4, A5, C11) */
export function exposureOf(site: Site, loadBalancer: LoadBalancer | undefined): Exposure {
  return loadBalancer === undefined ? insideOnly : exposures[site.cluster.kind](site, loadBalancer);
}
