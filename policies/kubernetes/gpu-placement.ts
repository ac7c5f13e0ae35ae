import type { StackPolicy } from "../policy";
import { ofKind } from "./objects";
import { podTemplatesOf, workloadKinds } from "./pods";
import { type Pool, poolsOf, selectsPool, toleratesPool } from "./pools";
import { gpuResource, requestsOf } from "./quantities";

export const gpuPlacement: StackPolicy = {
  id: "kubernetes-gpu-placement",
  scope: "stack",
  what: "Pods that ask for cards select a pool that has as many on a node, and tolerate its taints.",
  why: "Such a pod otherwise waits for ever, or the autoscaler buys nodes for it that it cannot use.",
  severity: "high",
  standards: ["K5"],
  remediation: `Name the pool's labels in nodeSelector, its taints in tolerations, and ask for no more ${gpuResource} than one of its nodes has.`,
  *validate(stack) {
    const pools = poolsOf(stack);
    if (pools === undefined || pools.length === 0) return;
    for (const resource of ofKind(stack, ...workloadKinds)) {
      for (const { spec, where, ...rest } of podTemplatesOf(resource)) {
        const { gpus } = requestsOf({ spec, where, ...rest });
        if (typeof gpus !== "number" || gpus === 0) continue;
        const fitting = pools.filter((pool) => mayHave(pool, gpus));
        if (fitting.length === 0) {
          const most = Math.max(...pools.map(({ machine }) => machine?.gpus ?? 0));
          yield {
            resource,
            message: `it asks for ${gpus} ${gpuResource}, and no node has more than ${most}.`,
          };
          continue;
        }
        const selected = fitting.filter((pool) => selectsPool(spec, pool) !== "no");
        if (selected.length === 0) {
          yield {
            resource,
            message: `${where("nodeSelector")} selects no pool with ${gpus} ${gpuResource}: name the labels of ${names(fitting)}.`,
          };
        } else if (selected.every((pool) => toleratesPool(spec, pool) === "no")) {
          yield {
            resource,
            message: `${where("tolerations")} does not tolerate the taints of ${names(selected)}: add them.`,
          };
        }
      }
    }
  },
};

function mayHave({ machine }: Pool, gpus: number): boolean {
  return machine === undefined || machine.gpus >= gpus;
}

function names(pools: readonly Pool[]): string {
  return pools.map(({ name }) => name).join(" or ");
}
