import type { ClusterAddresses } from "../cluster/cluster";

/** Private addresses of the nodes and of the control plane. */
export const nodeRange = "192.168.128.0/17";

/**
 * The control plane has public addresses that Linode does not publish, and calls pods through a tunnel that ends on the
 * nodes. Object Storage has public addresses only.
 */
export const linodeAddresses: ClusterAddresses = {
  apiServer: { targets: ["0.0.0.0/0"], ports: [443, 6443], sources: [nodeRange] },
  nodes: [nodeRange],
  cloudServices: [],
};
