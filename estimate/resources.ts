import { nodeDiskResource } from "../infra/kit/node-disk";
import { cpuMillis, memoryMib } from "../primitives/quantity";

/** Amounts of what a node has and a pod asks for. */
export interface Resources {
  /** Thousandths of a CPU. */
  readonly cpuMillis: number;
  readonly memoryMib: number;
  /** Of the node's own disk: containers' layers, logs and `emptyDir`s. */
  readonly diskMib: number;
  readonly gpus: number;
  readonly pods: number;
}

export const nothing: Resources = { cpuMillis: 0, memoryMib: 0, diskMib: 0, gpus: 0, pods: 0 };
export const onePod: Resources = { ...nothing, pods: 1 };

/** Kubernetes' own spelling: `{ cpu: "500m", memory: "1Gi", "nvidia.com/gpu": "1" }`; other resources are not counted. */
export function parseResources(quantities: Readonly<Record<string, string | number>>): Resources {
  const { cpu, memory, pods, [nodeDiskResource]: disk, "nvidia.com/gpu": gpus } = quantities;
  return {
    cpuMillis: cpu === undefined ? 0 : cpuMillis(String(cpu)),
    memoryMib: memory === undefined ? 0 : memoryMib(String(memory)),
    diskMib: disk === undefined ? 0 : memoryMib(String(disk)),
    gpus: Number(gpus ?? 0),
    pods: Number(pods ?? 0),
  };
}

export function sum(all: readonly Resources[]): Resources {
  return all.reduce((total, one) => combine(total, one, (left, right) => left + right), nothing);
}

export function minus(one: Resources, other: Resources): Resources {
  return combine(one, other, (left, right) => left - right);
}

export function times(one: Resources, count: number): Resources {
  return combine(one, nothing, (left) => left * count);
}

/** Of each resource the larger amount. */
export function larger(one: Resources, other: Resources): Resources {
  return combine(one, other, Math.max);
}

/** Names of the resources of which `wanted` is more than `free`. */
export function shortOf(wanted: Resources, free: Resources): readonly (keyof Resources)[] {
  const names = ["cpuMillis", "memoryMib", "diskMib", "gpus", "pods"] as const;
  return names.filter((name) => wanted[name] > free[name]);
}

function combine(one: Resources, other: Resources, by: (left: number, right: number) => number): Resources {
  return {
    cpuMillis: by(one.cpuMillis, other.cpuMillis),
    memoryMib: by(one.memoryMib, other.memoryMib),
    diskMib: by(one.diskMib, other.diskMib),
    gpus: by(one.gpus, other.gpus),
    pods: by(one.pods, other.pods),
  };
}
