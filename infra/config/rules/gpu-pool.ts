import { findAwsInstanceType } from "../../facts/aws-instance-types";
import { linodePlan } from "../../facts/linode-plans";
import type { Fault, KeyPath } from "../fault";
import { isOwned } from "../linode-cluster";
import { localPoolName } from "../local";
import type { Draft } from "./rule";

/** A pool, as far as a GPU workload cares. */
interface Candidate {
  readonly name: string;
  readonly hasGpu: boolean;
}

/** The pool that a system's GPU workloads run on exists, and its nodes have GPUs (A4, B2, N1). */
export function gpuPool(draft: Draft): readonly Fault[] {
  return Object.entries(draft.systems ?? {}).flatMap(([system, settings]) => {
    if (settings?.gpuPool === undefined) return [];
    const { cluster, gpuPool: wanted } = settings;
    const path = ["systems", system, "gpuPool"];
    if (cluster === "linode" && draft.linode !== undefined && !isOwned(draft.linode.cluster)) {
      return [ownersPool(path, wanted, draft.linode.cluster.stack)];
    }
    const pools = candidates(draft, cluster);
    return pools === undefined ? [] : unfit(path, wanted, cluster, pools);
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

function unfit(
  path: KeyPath,
  wanted: string,
  cluster: string,
  pools: readonly Candidate[],
): readonly Fault[] {
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

/** The pools of a cluster; undefined while its section has faults of its own. */
function candidates(draft: Draft, cluster: "aws" | "linode" | "local"): readonly Candidate[] | undefined {
  switch (cluster) {
    case "aws":
      return entries(draft.aws?.nodePools, ({ instanceTypes }) =>
        instanceTypes.some((type) => findAwsInstanceType(type)?.gpu !== undefined),
      );
    case "linode":
      return entries(draft.linode?.nodePools, ({ plan }) => linodePlan(plan)?.gpu !== undefined);
    case "local":
      return draft.local && [{ name: localPoolName, hasGpu: draft.local.gpu }];
  }
}

function entries<Pool>(
  pools: Readonly<Record<string, Pool>> | undefined,
  hasGpu: (pool: Pool) => boolean,
): readonly Candidate[] | undefined {
  return pools && Object.entries(pools).map(([name, pool]) => ({ name, hasGpu: hasGpu(pool) }));
}
