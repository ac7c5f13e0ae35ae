import type { ClusterAddresses } from "../cluster/cluster";

/** Private addresses of the nodes and of the control plane. */
export const nodeRange = "192.168.128.0/17";

/** Every address. */
const anywhere = ["0.0.0.0/0"];

/**
 * The control plane has public addresses that Linode does not publish, and calls pods through a tunnel. Where its calls seem
 * to come from is not documented either: it can be a node, or through the overlay an address of another node in the pods' own
 * range, so webhooks and aggregated APIs answer every address. Object Storage has public addresses only.
 *
 * @see https://github.com/linode/apl-core/issues/3387 (read 2026-11)
 */
export const linodeAddresses: ClusterAddresses = {
  apiServer: { targets: anywhere, ports: [443, 6443], sources: anywhere },
  nodes: [nodeRange],
  cloudServices: [],
};
