import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { cachePaths } from "../../cli/cache";
import { versions } from "../../toolchain/versions";
import { ClusterFolder } from "../cluster/folder";
import type { ClusterIdentity, ClusterManager, NodePoolSpec } from "../cluster/types";
import type { LocalCluster } from "./project";

/** The control plane behind a kubeconfig context of the laptop. */
export function localIdentity({ context }: LocalCluster): ClusterIdentity {
  return { cloud: "local", name: context };
}

/** The kubeconfig that holds the laptop's context, and nothing else. */
export function localKubeconfig(local: LocalCluster): string {
  return new ClusterFolder(localIdentity(local)).kubeconfig;
}

/** The kubeconfig that holds the contexts of a stack's clusters on the laptop: the cluster's own where there is one. */
export function kubeconfigOf(locals: readonly LocalCluster[]): string {
  const [only, ...others] = locals.map(localKubeconfig);
  if (only !== undefined && others.length === 0) return only;
  return join(cachePaths.clusters(), `laptop-${locals.map(({ context }) => context).join("-")}.kubeconfig`);
}

/**
 * Puts the contexts of several clusters into one file, as they are in a laptop's own. The provider takes the path of one file;
 * a list of them it takes for a kubeconfig's text.
 */
export function joinKubeconfigs(locals: readonly LocalCluster[]): void {
  if (locals.length < 2) return;
  const parts = locals.map((local) => kubeconfig.parse(parse(readFileSync(localKubeconfig(local), "utf8"))));
  const all = {
    ...parts[0],
    clusters: parts.flatMap(({ clusters }) => clusters),
    users: parts.flatMap(({ users }) => users),
    contexts: parts.flatMap(({ contexts }) => contexts),
  };
  writeFileSync(kubeconfigOf(locals), stringify(all), { mode: 0o600 });
}

const kubeconfig = z.looseObject({
  clusters: z.array(z.unknown()),
  users: z.array(z.unknown()),
  contexts: z.array(z.unknown()),
});

/**
 * Gives the laptop the cluster that a stack expects to find in its kubeconfig, as `kind create cluster` would: one
 * node, and the context by its name.
 */
export async function provideLocalCluster(clusters: ClusterManager, local: LocalCluster): Promise<void> {
  const identity = localIdentity(local);
  await clusters.start(identity, { version: versions.kubernetes });
  await clusters.applyNodePool(identity, laptop(local));
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
