import type { Cloud } from "../cluster/cloud";
import { proxyProtocol } from "../cluster/load-balancing";

const annotation = (name: string): string => `service.beta.kubernetes.io/linode-loadbalancer-${name}`;

/** Linode: clusters of LKE. */
export const linodeCloud: Cloud = {
  name: "linode",
  kind: "lke",
  /**
   * A NodeBalancer, through the nodes. Its status has its name alone: of an address Kubernetes would think that it can
   * spare the way through the NodeBalancer, and lead pods straight to NGINX without the PROXY protocol that this expects.
   *
   * @see https://github.com/linode/linode-cloud-controller-manager/blob/main/docs/configuration/annotations.md
   */
  ingress: {
    service: {},
    annotations: {
      [annotation("default-protocol")]: "tcp",
      [annotation("default-proxy-protocol")]: "v2",
      [annotation("default-algorithm")]: "leastconn",
      [annotation("check-type")]: "connection",
      [annotation("hostname-only-ingress")]: "true",
    },
    settings: proxyProtocol,
  },
  /**
   * A NodeBalancer has a public address always, and no certificate here: what is to have a host stays inside the cluster, since the
   * world would speak with it in the clear.
   */
  expose: ({ scheme, host }) => ({
    type: scheme === "internal" || host !== undefined ? "ClusterIP" : "LoadBalancer",
  }),
  sendsToPods: false,
  signsKubelets: false,
  makesNodes: true,
};
