import type { PoolView } from "../clouds/cluster-view";
import type { Fault, KeyPath } from "../fault";
import { type Draft, viewsOf } from "./rule";

/** The pools that a system's GPU workloads run on exist, and their nodes have GPUs (A4, B2, N1, N2). */
export function gpuPool(draft: Draft): readonly Fault[] {
  return Object.entries(draft.systems ?? {}).flatMap(([system, settings]) => {
    if (settings === undefined) return [];
    const { cluster } = settings;
    // A cluster with faults of its own has no view.
    const view = viewsOf(draft).find(({ name }) => name === cluster)?.view;
    if (view === undefined) return [];
    return (["gpuPool", "trainingPool"] as const).flatMap((key) => {
      const wanted = settings[key];
      if (wanted === undefined) return [];
      const path = ["systems", system, key];
      return view.owner === undefined
        ? unfit(path, wanted, cluster, view.pools)
        : [ownersPool(path, wanted, view.owner)];
    });
  });
}

function ownersPool(path: KeyPath, wanted: string, owner: string): Fault {
  return {
    path,
    found: JSON.stringify(wanted),
    problem: `the cluster and its pools belong to the stack ${owner}, which runs the GPU workloads for all that share it`,
    allowed: `nothing here; set it in ${owner}`,
  };
}

function unfit(path: KeyPath, wanted: string, cluster: string, pools: readonly PoolView[]): readonly Fault[] {
  const pool = pools.find(({ name }) => name === wanted);
  if (pool?.hasGpu) return [];
  const fit = pools.filter(({ hasGpu }) => hasGpu).map(({ name }) => name);
  return [
    {
      path,
      found: JSON.stringify(wanted),
      problem:
        pool === undefined
          ? `the cluster ${cluster} has no pool of this name; it has ${pools.map(({ name }) => name).join(", ")}`
          : `the nodes of this pool have no GPUs, so the GPU workloads of the system would wait for ever`,
      allowed:
        fit.length === 0 ? "none: no pool of the cluster has GPUs; leave the key out" : fit.join(" | "),
      ...(fit[0] !== undefined && { example: JSON.stringify(fit[0]) }),
    },
  ];
}
