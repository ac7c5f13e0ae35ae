/** Load balancers of both clouds have addresses in these ranges. Nothing from the internet does. */
const privateRanges = "10.0.0.0/8,100.64.0.0/10,172.16.0.0/12,192.168.0.0/16";

/**
 * Entries of NGINX's ConfigMap for load balancers that send the client's address on each connection, because
 * NGINX itself sees only the load balancer.
 */
export const proxyProtocol = {
  "proxy-protocol": "True",
  "real-ip-header": "proxy_protocol",
  "set-real-ip-from": privateRanges,
} as const;

/** Seconds that a load balancer goes on sending to a pod that it was told to leave. */
export const loadBalancerDeregistrationSeconds = 60;
