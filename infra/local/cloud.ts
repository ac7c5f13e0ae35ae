import type { Cloud } from "../cluster/cloud";

/** Clusters that exist already: kind, minikube, or any other. (C1) */
export const localCloud: Cloud = {
  name: "local",
  kind: "local",
  /** A laptop makes no load balancers: ports of the node, which kind and minikube can lead on to the laptop's own. */
  ingress: {
    service: { type: "NodePort", httpPort: { nodePort: 30080 }, httpsPort: { nodePort: 30443 } },
    annotations: {},
    settings: { "external-status-address": "127.0.0.1" },
  },
  /** A port of the node stands in for a public load balancer. */
  expose: ({ scheme }) => ({ type: scheme === "internal" ? "ClusterIP" : "NodePort" }),
  sendsToPods: false,
  signsKubelets: false,
  makesNodes: false,
};
