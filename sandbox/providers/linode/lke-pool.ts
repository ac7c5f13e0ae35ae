import { allocatable, diskGibOf, linodePlan } from "../../../facts/linode-plans";
import { CloudError } from "../../clouds/errors";
import { failure, type Rule } from "../../clouds/table";
import { number, objects, text, textMap, texts } from "../../clouds/values";
import type { NodePoolSpec, NodeShape, Taint } from "../../cluster/types";
import type { Values } from "../standin";
import { derivedNumber } from "./names";

export const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;

export const nodesPerPool = 100;

/** Plans at the path are ones that LKE takes (D10). */
export function lkePlan(path: string): Rule {
  return (inputs) =>
    texts(inputs, path).flatMap((id) => {
      const plan = linodePlan(id);
      if (!plan) {
        return [
          failure(
            path,
            `[400] "${id}" is not a plan that the sandbox knows; if it exists, add it to facts/linode-plans.ts`,
          ),
        ];
      }
      if (plan.refusedByLke === undefined) return [];
      return [
        failure(
          path,
          `[400] "${id}" cannot be a node of LKE: ${plan.refusedByLke}. ` +
            "Take the RTX PRO 6000 Blackwell (g3-gpu-rtxpro6000-blackwell-1, -2, -4) or the RTX 4000 Ada (g2-gpu-rtx4000a1-s and larger)",
        ),
      ];
    });
}

function nodeShape(planId: string): NodeShape {
  const plan = linodePlan(planId);
  if (!plan) throw new CloudError("[400]", `the sandbox does not know the plan ${planId}`);
  const free = allocatable(plan);
  const gpus: Readonly<Record<string, string>> = free.gpus > 0 ? { "nvidia.com/gpu": String(free.gpus) } : {};
  const disk = (size: string) => ({ "ephemeral-storage": size });
  const pods = { pods: String(free.pods) };
  return {
    instanceType: planId,
    capacity: {
      cpu: String(plan.vcpus),
      memory: `${plan.memoryGib}Gi`,
      ...disk(`${diskGibOf(plan)}Gi`),
      ...pods,
      ...gpus,
    },
    allocatable: {
      cpu: `${free.cpuMillis}m`,
      memory: `${free.memoryMib}Mi`,
      ...disk(`${free.diskMib}Mi`),
      ...pods,
      ...gpus,
    },
    labels: plan.gpu
      ? {
          "nvidia.com/gpu.product": `NVIDIA-${plan.gpu.model.replaceAll(" ", "-")}`,
          "nvidia.com/gpu.count": String(plan.gpu.count),
        }
      : {},
  };
}

/** Nodes of one pool, whether it lies in its cluster or stands by itself. */
export function nodePool(
  pool: Values,
  poolId: string,
  clusterId: string,
  region: string,
  count: number,
): NodePoolSpec {
  return {
    name: `lke${clusterId}-${poolId}`,
    count,
    zones: [],
    region,
    instanceTypes: [nodeShape(text(pool, "type") ?? "")],
    labels: { ...textMap(pool, "labels"), "lke.linode.com/pool-id": poolId },
    taints: objects(pool, "taints").map((taint) => ({
      key: text(taint, "key") ?? "",
      value: text(taint, "value") ?? "",
      effect: effectOf(text(taint, "effect")),
    })),
  };
}

function effectOf(effect: string | undefined): Taint["effect"] {
  return effects.find((known) => known === effect) ?? "NoSchedule";
}

/** The Linodes of a pool, as LKE lists them. */
export function linodesOf(poolId: string, count: number): readonly Values[] {
  return Array.from({ length: count }, (_, index) => {
    const instanceId = derivedNumber(`${poolId} ${index}`);
    return { id: `${poolId}-${instanceId}`, instanceId, status: "ready" };
  });
}

export function countOf(pool: Values): number {
  return number(pool, "count") ?? number(pool, "autoscaler.min") ?? 0;
}

export function inlinePoolId(clusterId: string, index: number): number {
  return derivedNumber(`${clusterId} pool ${index}`);
}
