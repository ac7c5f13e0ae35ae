import { allocatable, type LinodePlanId, linodePlan } from "../../facts/linode-plans";
import type { Pool } from "../cluster/cluster";
import type { LinodeConfig } from "../config/linode";
import { isOwned } from "../config/linode-cluster";
import { type LinodeNodePoolConfig, sizeOf } from "../config/linode-node-pools";
import { systemPoolName } from "../config/linode-rules";
import { acceleratorLabel } from "../kit/accelerator";
import { poolLabel } from "../kit/pool-label";

/** The pools of the stack's own cluster, as the layers above see them. None where another stack owns the cluster (D3). */
export function describePools({ cluster, nodePools, region }: LinodeConfig): readonly Pool[] {
  if (!isOwned(cluster)) return [];
  const all = { [systemPoolName]: { ...cluster.systemPool, labels: {}, taints: [] }, ...nodePools };
  return Object.entries(all).map(([name, pool]) => ({
    name,
    labels: nodeLabels(name, pool),
    taints: pool.taints,
    ...ofPlan(pool.plan),
    spot: false,
    minimum: sizeOf(pool).minimum,
    maximum: sizeOf(pool).maximum,
    zones: [region],
  }));
}

/** Labels of a pool's nodes: its own, `accelerator` where they have cards, and the pool's name. */
export function nodeLabels(
  name: string,
  { plan, labels }: Pick<LinodeNodePoolConfig, "plan" | "labels">,
): Pool["labels"] {
  return { ...labels, ...(linodePlan(plan)?.gpu && acceleratorLabel), [poolLabel]: name };
}

function ofPlan(id: LinodePlanId): Pick<Pool, "gpu" | "allocatable"> {
  const plan = linodePlan(id);
  if (plan === undefined) return {};
  const { gpu } = plan;
  const { cpuMillis, memoryMib } = allocatable(plan);
  return {
    allocatable: { cpuMillis, memoryMib },
    ...(gpu && { gpu: { model: gpu.model, count: gpu.count } }),
  };
}
