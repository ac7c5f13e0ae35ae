import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import type { ClusterIdentity, ClusterManager, NodePoolSpec } from "../cluster/types";
import { kubernetesVersion } from "../toolchain";
import type { LocalCluster } from "./project";

/** The control plane behind a kubeconfig context of the laptop. */
export function localIdentity({ context }: LocalCluster): ClusterIdentity {
  return { cloud: "local", name: context };
}

/**
 * Gives the laptop the cluster that a stack expects to find in its kubeconfig, as `kind create cluster` would: one
 * node, and the context by its name. Answers with the path of the kubeconfig.
 */
export async function provideLocalCluster(clusters: ClusterManager, local: LocalCluster): Promise<string> {
  const identity = localIdentity(local);
  const controlPlane = await clusters.start(identity, { version: kubernetesVersion });
  await clusters.applyNodePool(identity, laptop(local));
  return writeKubeconfig(controlPlane.kubeconfigPath, local.context);
}

/** A laptop's worth of node: what the whole platform must fit into during development. */
function laptop({ gpu }: LocalCluster): NodePoolSpec {
  const resources = {
    cpu: "8",
    memory: "24Gi",
    pods: "250",
    "ephemeral-storage": "100Gi",
    ...(gpu && { "nvidia.com/gpu": "1" }),
  };
  return {
    name: "laptop",
    count: 1,
    zones: [],
    region: "local",
    instanceTypes: [{ instanceType: "laptop", capacity: resources, allocatable: resources }],
    labels: {},
    taints: [],
  };
}

/** The same administrator's kubeconfig, with the context named as the stack's configuration has it. */
function writeKubeconfig(source: string, context: string): string {
  const kubeconfig = new KubeConfig();
  kubeconfig.loadFromFile(source);
  const found = kubeconfig.getContextObject(kubeconfig.getCurrentContext());
  const renamed = new KubeConfig();
  renamed.loadFromOptions({
    clusters: kubeconfig.getClusters(),
    users: kubeconfig.getUsers(),
    contexts: [{ ...found, name: context }],
    currentContext: context,
  });
  const file = join(dirname(source), "context.kubeconfig");
  writeFileSync(file, renamed.exportConfig(), { mode: 0o600 });
  return file;
}
