import type { KubeConfig } from "@kubernetes/client-node";

/** Loads Kubernetes' client when a cluster is first known, and of it only what reads kubeconfigs: the rest is nine tenths. */
export function emptyKubeConfig(): KubeConfig {
  const { KubeConfig: Client }: typeof import("./kube-config-class") = require("./kube-config-class");
  return new Client();
}
