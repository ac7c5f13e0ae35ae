import type { Pool } from "../../infra/cluster/cluster";
import { cpuMillis, memoryMib } from "../../primitives/quantity";
import type { Toleration } from "./pod-args";

/** What decides on which nodes a pod can run. */
export interface Demand {
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** Cards of one pod. */
  readonly gpus: number;
  /** How many pods there are at once, at least. */
  readonly pods: number;
  /** Whether no two of them share a node. */
  readonly apart: boolean;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly avoidNodes: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/**
 * Why no pool takes the pods, with the pool that comes closest and what it lacks; undefined when one does, or
 * when the cluster's machines are not known.
 */
export function misfit(demand: Demand, pools: readonly Pool[]): string | undefined {
  const lacking = pools.map((pool) => ({ pool, lacks: lacksOf(demand, pool) }));
  if (lacking.length === 0 || lacking.some(({ lacks }) => lacks.length === 0)) return undefined;
  const [closest] = lacking.toSorted((left, right) => left.lacks.length - right.lacks.length);
  return closest && `the pool ${closest.pool.name} comes closest, and there ${closest.lacks.join("; ")}`;
}

/** How many nodes with so many cards each it takes to run all pods at once. */
function nodesFor({ gpus, pods, apart }: Demand, cards: number): number {
  return Math.ceil(pods / (apart ? 1 : Math.floor(cards / gpus)));
}

function lacksOf(demand: Demand, pool: Pool): readonly string[] {
  const { requests, gpus, pods, nodeSelector, avoidNodes, tolerations } = demand;
  const { allocatable } = pool;
  const cards = pool.gpu?.count ?? 0;
  const [cpu, memory] = [cpuMillis(requests.cpu), memoryMib(requests.memory)];
  return [
    ...Object.entries(nodeSelector)
      .filter(([key, value]) => pool.labels[key] !== value)
      .map(([key, value]) => `nodes lack the label ${key}=${value}`),
    ...Object.entries(avoidNodes)
      .filter(([key, value]) => pool.labels[key] === value)
      .map(([key, value]) => `nodes have the label ${key}=${value}, which the pods avoid`),
    ...pool.taints
      .filter(
        (taint) => taint.effect !== "PreferNoSchedule" && !tolerations.some((one) => tolerates(one, taint)),
      )
      .map(({ key, value }) => `the pods do not tolerate the taint ${key}=${value}`),
    ...(gpus > cards ? [`a node has ${cards} GPUs of the ${gpus} that a pod asks for`] : []),
    ...(allocatable && gpus > 0 && gpus <= cards && nodesFor(demand, cards) > pool.maximum
      ? [
          `its ${pods} pods with GPUs need ${nodesFor(demand, cards)} nodes, and the pool has at most ${pool.maximum}`,
        ]
      : []),
    ...(allocatable && cpu > allocatable.cpuMillis
      ? [`a node has ${allocatable.cpuMillis}m of the ${cpu}m CPU that a pod asks for`]
      : []),
    ...(allocatable && memory > allocatable.memoryMib
      ? [`a node has ${allocatable.memoryMib}Mi of the ${memory}Mi memory that a pod asks for`]
      : []),
  ];
}

function tolerates(toleration: Toleration, taint: Pool["taints"][number]): boolean {
  return (
    toleration.key === taint.key &&
    toleration.effect === taint.effect &&
    (toleration.operator === "Exists" || toleration.value === taint.value)
  );
}
