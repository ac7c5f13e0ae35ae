import type { ClusterKind } from "../../infra/cluster/cluster";
import type { Site } from "../../infra/platform/site";

/** Who reaches a service from outside the cluster. */
export interface LoadBalancer {
  /** `internal`: the cloud's private network; `internet-facing`: everybody. */
  readonly scheme: "internal" | "internet-facing";
}

/** A service's type and what its cloud has to know, in the cloud's words. */
export interface Exposure {
  readonly type: "ClusterIP" | "NodePort" | "LoadBalancer";
  /** Undefined: what the cluster makes by itself. */
  readonly loadBalancerClass?: string;
  /** Whether the nodes listen for the load balancer too. @default true, as Kubernetes has it */
  readonly allocateLoadBalancerNodePorts?: boolean;
  /** Undefined: none. */
  readonly annotations?: Readonly<Record<string, string>>;
}

const insideOnly: Exposure = { type: "ClusterIP" };

/**
 * A network load balancer over all zones, straight to the pods. It is the class that asks for it: the controller minds no
 * other Services.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
const networkLoadBalancer = (scheme: LoadBalancer["scheme"]): Exposure => ({
  type: "LoadBalancer",
  loadBalancerClass: "service.k8s.aws/nlb",
  allocateLoadBalancerNodePorts: false,
  annotations: {
    "service.beta.kubernetes.io/aws-load-balancer-scheme": scheme,
    "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
    "service.beta.kubernetes.io/aws-load-balancer-attributes": "load_balancing.cross_zone.enabled=true",
  },
});

const exposures: Readonly<Record<ClusterKind, Readonly<Record<LoadBalancer["scheme"], Exposure>>>> = {
  eks: {
    internal: networkLoadBalancer("internal"),
    "internet-facing": networkLoadBalancer("internet-facing"),
  },
  /** A NodeBalancer has a public address always. */
  lke: { internal: insideOnly, "internet-facing": { type: "LoadBalancer" } },
  /** Nobody makes load balancers on a laptop: a port of the node stands in for the public one. */
  local: { internal: insideOnly, "internet-facing": { type: "NodePort" } },
};

/** How a site makes a service known, to those that its load balancer is for, or inside the cluster only. (A4, A5, C11) */
export function exposureOf({ cluster }: Site, loadBalancer: LoadBalancer | undefined): Exposure {
  return loadBalancer === undefined ? insideOnly : exposures[cluster.kind][loadBalancer.scheme];
}
