import type { ClusterKind } from "../cluster/cluster";
import { recordAnnotation } from "./dns";
import { has, type Site } from "./site";
import type { Values } from "./values";

/** How visitors reach the ingress controller: its Service, and what NGINX has to know of it. */
interface Exposure {
  readonly service: Values;
  /** Annotations of the Service. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Entries of the ConfigMap that NGINX is set up by. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Load balancers of both clouds come from these; from the internet nothing does. */
const privateRanges = "10.0.0.0/8,100.64.0.0/10,172.16.0.0/12,192.168.0.0/16";

/** The load balancer says on each connection whom it speaks for, since all that NGINX itself sees is the load balancer. */
const proxyProtocol = {
  "proxy-protocol": "True",
  "real-ip-header": "proxy_protocol",
  "set-real-ip-from": privateRanges,
} as const;

const exposures: Readonly<Record<ClusterKind, Exposure>> = {
  /**
   * A network load balancer over all zones, straight to the pods.
   *
   * With PROXY protocol rather than preserved client addresses: with those, a pod that calls its own cluster's public
   * host never gets an answer, which is what cert-manager does before it asks Let's Encrypt to look.
   *
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
   */
  eks: {
    service: {
      loadBalancerClass: "service.k8s.aws/nlb",
      allocateLoadBalancerNodePorts: false,
    },
    annotations: {
      "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
      "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
      "service.beta.kubernetes.io/aws-load-balancer-attributes": "load_balancing.cross_zone.enabled=true",
      "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol": "*",
      "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
        "deregistration_delay.timeout_seconds=60",
    },
    settings: proxyProtocol,
  },
  /**
   * A NodeBalancer, through the nodes. Its status has its name alone: of an address Kubernetes would think that it can
   * spare the way through the NodeBalancer, and lead pods straight to NGINX without the PROXY protocol that this expects.
   *
   * @see https://github.com/linode/linode-cloud-controller-manager/blob/main/docs/configuration/annotations.md
   */
  lke: {
    service: {},
    annotations: {
      "service.beta.kubernetes.io/linode-loadbalancer-default-protocol": "tcp",
      "service.beta.kubernetes.io/linode-loadbalancer-default-proxy-protocol": "v2",
      "service.beta.kubernetes.io/linode-loadbalancer-default-algorithm": "leastconn",
      "service.beta.kubernetes.io/linode-loadbalancer-check-type": "connection",
      "service.beta.kubernetes.io/linode-loadbalancer-hostname-only-ingress": "true",
    },
    settings: proxyProtocol,
  },
  /** Nobody makes load balancers on a laptop: ports of the node, which kind and minikube can lead on to the laptop's own. */
  local: {
    service: { type: "NodePort", httpPort: { nodePort: 30080 }, httpsPort: { nodePort: 30443 } },
    annotations: {},
    settings: { "external-status-address": "127.0.0.1" },
  },
};

/** The ingress controller's Service on a site, and the entries of NGINX's ConfigMap that go with it. (C11, 000, 001, 002) */
export function ingressService(site: Site): Pick<Exposure, "service" | "settings"> {
  const { service, annotations, settings } = exposures[site.cluster.kind];
  const names = has(site, "dns") ? (site.cluster.dns?.ingressNames ?? []) : [];
  return {
    service: {
      type: "LoadBalancer",
      // Whichever node a connection comes to may pass it on: the client's address is in the PROXY protocol.
      externalTrafficPolicy: "Cluster",
      ...service,
      annotations: { ...annotations, ...(names.length > 0 && { [recordAnnotation]: names.join(",") }) },
    },
    settings,
  };
}
