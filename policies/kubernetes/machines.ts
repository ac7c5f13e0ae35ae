/** The resources of a machine, before the system takes its share. */
export interface Machine {
  /** Virtual CPUs. */
  readonly cpu: number;
  /** GiB. */
  readonly memory: number;
  readonly gpus: number;
}

/** EC2 families by the GiB of memory for each virtual CPU. */
const memoryPerCpu: Readonly<Record<string, number>> = {
  ...each(["c5", "c5a", "c6a", "c6g", "c6i", "c7a", "c7g", "c7i", "c8g"], 2),
  ...each(["m5", "m5a", "m6a", "m6g", "m6i", "m7a", "m7g", "m7i", "m8g", "g4dn", "g5", "g6"], 4),
  ...each(["r5", "r5a", "r6a", "r6g", "r6i", "r7a", "r7g", "r7i", "r8g"], 8),
  ...each(["t2", "t3", "t3a", "t4g"], 4),
};

/** EC2 sizes by virtual CPUs; burstable families only from large on, from where all have the same shape. */
const cpuOfSize: Readonly<Record<string, number>> = {
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
  "12xlarge": 48,
  "16xlarge": 64,
  "24xlarge": 96,
};

/** GPUs of the EC2 types that have more than one. */
const manyCards: Readonly<Record<string, number>> = {
  "g4dn.12xlarge": 4,
  "g5.12xlarge": 4,
  "g5.24xlarge": 4,
  "g6.12xlarge": 4,
  "g6.24xlarge": 4,
};

/** Linode plans: virtual CPUs, GiB and GPUs. */
const plans: Readonly<Record<string, readonly [cpu: number, memory: number, gpus: number]>> = {
  "g6-standard-1": [1, 2, 0],
  "g6-standard-2": [2, 4, 0],
  "g6-standard-4": [4, 8, 0],
  "g6-standard-6": [6, 16, 0],
  "g6-standard-8": [8, 32, 0],
  "g6-standard-16": [16, 64, 0],
  "g6-standard-20": [20, 96, 0],
  "g6-standard-24": [24, 128, 0],
  "g6-standard-32": [32, 192, 0],
  "g6-dedicated-2": [2, 4, 0],
  "g6-dedicated-4": [4, 8, 0],
  "g6-dedicated-8": [8, 16, 0],
  "g6-dedicated-16": [16, 32, 0],
  "g6-dedicated-32": [32, 64, 0],
  "g6-dedicated-48": [48, 96, 0],
  "g6-dedicated-50": [50, 128, 0],
  "g6-dedicated-56": [56, 256, 0],
  "g2-gpu-rtx4000a1-s": [4, 16, 1],
  "g2-gpu-rtx4000a1-m": [8, 32, 1],
  "g2-gpu-rtx4000a1-l": [16, 64, 1],
  "g2-gpu-rtx4000a1-xl": [32, 128, 1],
  "g2-gpu-rtx4000a2-s": [8, 32, 2],
  "g2-gpu-rtx4000a2-m": [16, 64, 2],
  "g2-gpu-rtx4000a2-hs": [16, 64, 2],
  "g2-gpu-rtx4000a4-s": [32, 128, 4],
  "g2-gpu-rtx4000a4-m": [48, 196, 4],
  "g3-gpu-rtxpro6000-blackwell-1": [16, 172, 1],
  "g3-gpu-rtxpro6000-blackwell-2": [32, 344, 2],
  "g3-gpu-rtxpro6000-blackwell-4": [64, 688, 4],
};

/** The machine of an EC2 type or a Linode plan; undefined when the name is not in these tables. */
export function machineOf(name: string): Machine | undefined {
  if (Object.hasOwn(plans, name)) {
    const [cpu = 0, memory = 0, gpus = 0] = plans[name] ?? [];
    return { cpu, memory, gpus };
  }
  const [family = "", size = ""] = name.split(".");
  if (!Object.hasOwn(memoryPerCpu, family) || !Object.hasOwn(cpuOfSize, size)) return undefined;
  const cpu = cpuOfSize[size] ?? 0;
  const memory = cpu * (memoryPerCpu[family] ?? 0);
  return { cpu, memory, gpus: family.startsWith("g") ? (manyCards[name] ?? 1) : 0 };
}

function each(families: readonly string[], gib: number): Readonly<Record<string, number>> {
  return Object.fromEntries(families.map((family) => [family, gib]));
}
