/**
 * Linode plans that LKE knows: what a node of each offers, what pods may have of it, and what it costs.
 *
 * Sizes and hourly prices: Linode's public plan catalogue (`GET /v4/linode/types`), as read on 2026-06-06; months are
 * the catalogue's monthly caps, which plans with graphics cards have not had since July 2026: theirs are hours. Prices are base prices in USD, without the uplift of dearer regions (Jakarta, São Paulo).
 */
export const linodePlansAsOf = "2026-06-06";

/** The graphics cards of a plan. */
export interface LinodePlanGpu {
  /** The card as its vendor names it. */
  readonly model: "RTX 4000 Ada" | "RTX PRO 6000 Blackwell" | "Quadro RTX 6000";
  /** Cards in each node. */
  readonly count: number;
  /** Memory of one card, GB. */
  readonly memoryGb: number;
}

/** One plan. */
export interface LinodePlan {
  /** Shared CPU, dedicated CPU, or dedicated CPU with graphics cards. */
  readonly family: "shared" | "dedicated" | "gpu";
  readonly vcpus: number;
  /** Memory, GiB. */
  readonly memoryGib: number;
  /** Local disk, GiB. Undefined where the public catalogue gives no figure. */
  readonly diskGib?: number;
  /** Outgoing traffic included in the price, TB a month. */
  readonly transferTb: number;
  readonly gpu?: LinodePlanGpu;
  /** Price of one node, USD an hour. Undefined where Akamai quotes each account. */
  readonly hourlyUsd?: number;
  /** The most that one node costs in a month, USD. Undefined where there is no such cap, or Akamai quotes each account. */
  readonly monthlyUsd?: number;
  /** True where Akamai grants access to the plan per account, on request. */
  readonly accessOnRequest?: boolean;
  /** Why LKE does not take the plan, as Akamai explains it. Undefined where it does. */
  readonly refusedByLke?: string;
}

const ada = (count: number): LinodePlanGpu => ({ model: "RTX 4000 Ada", count, memoryGb: 20 });
const blackwell = (count: number): LinodePlanGpu => ({
  model: "RTX PRO 6000 Blackwell",
  count,
  memoryGb: 96,
});
const quadro = (count: number): LinodePlanGpu => ({ model: "Quadro RTX 6000", count, memoryGb: 24 });

/** Source: Akamai, "Using GPUs on LKE" (techdocs.akamai.com/cloud-computing/docs/gpus-on-lke), read 2026-11. */
const quadroRefused =
  "Akamai does not deploy the NVIDIA Quadro RTX 6000 within LKE, because its availability is limited";

export const linodePlans = {
  "g6-standard-1": {
    family: "shared",
    vcpus: 1,
    memoryGib: 2,
    diskGib: 50,
    transferTb: 2,
    hourlyUsd: 0.018,
    monthlyUsd: 12,
  },
  "g6-standard-2": {
    family: "shared",
    vcpus: 2,
    memoryGib: 4,
    diskGib: 80,
    transferTb: 4,
    hourlyUsd: 0.036,
    monthlyUsd: 24,
  },
  "g6-standard-4": {
    family: "shared",
    vcpus: 4,
    memoryGib: 8,
    diskGib: 160,
    transferTb: 5,
    hourlyUsd: 0.072,
    monthlyUsd: 48,
  },
  "g6-standard-6": {
    family: "shared",
    vcpus: 6,
    memoryGib: 16,
    diskGib: 320,
    transferTb: 8,
    hourlyUsd: 0.144,
    monthlyUsd: 96,
  },
  "g6-standard-8": {
    family: "shared",
    vcpus: 8,
    memoryGib: 32,
    diskGib: 640,
    transferTb: 16,
    hourlyUsd: 0.288,
    monthlyUsd: 192,
  },
  "g6-standard-16": {
    family: "shared",
    vcpus: 16,
    memoryGib: 64,
    diskGib: 1280,
    transferTb: 20,
    hourlyUsd: 0.576,
    monthlyUsd: 384,
  },
  "g6-standard-20": {
    family: "shared",
    vcpus: 20,
    memoryGib: 96,
    diskGib: 1920,
    transferTb: 20,
    hourlyUsd: 0.864,
    monthlyUsd: 576,
  },
  "g6-standard-24": {
    family: "shared",
    vcpus: 24,
    memoryGib: 128,
    diskGib: 2560,
    transferTb: 20,
    hourlyUsd: 1.152,
    monthlyUsd: 768,
  },
  "g6-standard-32": {
    family: "shared",
    vcpus: 32,
    memoryGib: 192,
    diskGib: 3840,
    transferTb: 20,
    hourlyUsd: 1.728,
    monthlyUsd: 1152,
  },

  "g6-dedicated-2": {
    family: "dedicated",
    vcpus: 2,
    memoryGib: 4,
    diskGib: 80,
    transferTb: 4,
    hourlyUsd: 0.054,
    monthlyUsd: 36,
  },
  "g6-dedicated-4": {
    family: "dedicated",
    vcpus: 4,
    memoryGib: 8,
    diskGib: 160,
    transferTb: 5,
    hourlyUsd: 0.108,
    monthlyUsd: 72,
  },
  "g6-dedicated-8": {
    family: "dedicated",
    vcpus: 8,
    memoryGib: 16,
    diskGib: 320,
    transferTb: 6,
    hourlyUsd: 0.216,
    monthlyUsd: 144,
  },
  "g6-dedicated-16": {
    family: "dedicated",
    vcpus: 16,
    memoryGib: 32,
    diskGib: 640,
    transferTb: 7,
    hourlyUsd: 0.432,
    monthlyUsd: 288,
  },
  "g6-dedicated-32": {
    family: "dedicated",
    vcpus: 32,
    memoryGib: 64,
    diskGib: 1280,
    transferTb: 8,
    hourlyUsd: 0.864,
    monthlyUsd: 576,
  },
  "g6-dedicated-48": {
    family: "dedicated",
    vcpus: 48,
    memoryGib: 96,
    diskGib: 1920,
    transferTb: 9,
    hourlyUsd: 1.296,
    monthlyUsd: 864,
  },
  "g6-dedicated-50": {
    family: "dedicated",
    vcpus: 50,
    memoryGib: 128,
    diskGib: 2500,
    transferTb: 10,
    hourlyUsd: 1.728,
    monthlyUsd: 1152,
  },
  "g6-dedicated-56": {
    family: "dedicated",
    vcpus: 56,
    memoryGib: 256,
    diskGib: 5000,
    transferTb: 11,
    hourlyUsd: 3.456,
    monthlyUsd: 2304,
  },

  "g2-gpu-rtx4000a1-s": {
    family: "gpu",
    vcpus: 4,
    memoryGib: 16,
    diskGib: 512,
    transferTb: 0,
    gpu: ada(1),
    hourlyUsd: 0.52,
  },
  "g2-gpu-rtx4000a1-m": {
    family: "gpu",
    vcpus: 8,
    memoryGib: 32,
    diskGib: 512,
    transferTb: 0,
    gpu: ada(1),
    hourlyUsd: 0.67,
  },
  "g2-gpu-rtx4000a1-l": {
    family: "gpu",
    vcpus: 16,
    memoryGib: 64,
    diskGib: 512,
    transferTb: 0,
    gpu: ada(1),
    hourlyUsd: 0.96,
  },
  "g2-gpu-rtx4000a1-xl": {
    family: "gpu",
    vcpus: 32,
    memoryGib: 128,
    diskGib: 512,
    transferTb: 0,
    gpu: ada(1),
    hourlyUsd: 1.53,
  },
  "g2-gpu-rtx4000a2-s": {
    family: "gpu",
    vcpus: 8,
    memoryGib: 32,
    diskGib: 512,
    transferTb: 0,
    gpu: ada(2),
    hourlyUsd: 1.05,
  },
  "g2-gpu-rtx4000a2-m": {
    family: "gpu",
    vcpus: 16,
    memoryGib: 64,
    diskGib: 512,
    transferTb: 0,
    gpu: ada(2),
    hourlyUsd: 1.34,
  },
  "g2-gpu-rtx4000a2-hs": {
    family: "gpu",
    vcpus: 16,
    memoryGib: 64,
    transferTb: 0,
    gpu: ada(2),
    hourlyUsd: 1.49,
  },
  "g2-gpu-rtx4000a4-s": {
    family: "gpu",
    vcpus: 32,
    memoryGib: 128,
    diskGib: 512,
    transferTb: 0,
    gpu: ada(4),
    hourlyUsd: 2.96,
  },
  "g2-gpu-rtx4000a4-m": {
    family: "gpu",
    vcpus: 48,
    memoryGib: 196,
    diskGib: 512,
    transferTb: 0,
    gpu: ada(4),
    hourlyUsd: 3.57,
  },

  // Akamai publishes the sizes of the plan with one card; those with two and four are that plan times the cards. Its price is
  // that of the catalogue in us-sea in September 2026 (2.50 in June), by the hour and without a monthly cap.
  "g3-gpu-rtxpro6000-blackwell-1": {
    family: "gpu",
    vcpus: 16,
    memoryGib: 172,
    transferTb: 0,
    gpu: blackwell(1),
    hourlyUsd: 3,
    accessOnRequest: true,
  },
  "g3-gpu-rtxpro6000-blackwell-2": {
    family: "gpu",
    vcpus: 32,
    memoryGib: 344,
    transferTb: 0,
    gpu: blackwell(2),
    accessOnRequest: true,
  },
  "g3-gpu-rtxpro6000-blackwell-4": {
    family: "gpu",
    vcpus: 64,
    memoryGib: 688,
    transferTb: 0,
    gpu: blackwell(4),
    accessOnRequest: true,
  },

  "g1-gpu-rtx6000-1": {
    family: "gpu",
    vcpus: 8,
    memoryGib: 32,
    diskGib: 640,
    transferTb: 16,
    gpu: quadro(1),
    hourlyUsd: 1.5,
    refusedByLke: quadroRefused,
  },
  "g1-gpu-rtx6000-2": {
    family: "gpu",
    vcpus: 16,
    memoryGib: 64,
    diskGib: 1280,
    transferTb: 20,
    gpu: quadro(2),
    hourlyUsd: 3,
    refusedByLke: quadroRefused,
  },
  "g1-gpu-rtx6000-3": {
    family: "gpu",
    vcpus: 20,
    memoryGib: 96,
    diskGib: 1920,
    transferTb: 20,
    gpu: quadro(3),
    hourlyUsd: 4.5,
    refusedByLke: quadroRefused,
  },
  "g1-gpu-rtx6000-4": {
    family: "gpu",
    vcpus: 24,
    memoryGib: 128,
    diskGib: 2560,
    transferTb: 20,
    gpu: quadro(4),
    hourlyUsd: 6,
    refusedByLke: quadroRefused,
  },
} as const satisfies Record<string, LinodePlan>;

/** Identifier of a plan in the table, for example `g6-standard-8`. */
export type LinodePlanId = keyof typeof linodePlans;

const plansById: ReadonlyMap<string, LinodePlan> = new Map(Object.entries(linodePlans));

/** The plan of that identifier; undefined when the table does not have it. */
export function linodePlan(id: string): LinodePlan | undefined {
  return plansById.get(id);
}

/**
 * The disk of a node of a plan, GiB. Every node has one; where the public catalogue gives no figure it is taken for as small as
 * the smallest of the plan's family.
 */
export function diskGibOf(plan: LinodePlan): number {
  const family: readonly LinodePlan[] = Object.values(linodePlans).filter(
    ({ family }) => family === plan.family,
  );
  return plan.diskGib ?? Math.min(...family.flatMap(({ diskGib }) => diskGib ?? []));
}

/** What pods may have of one node. */
export interface Allocatable {
  readonly cpuMillis: number;
  readonly memoryMib: number;
  readonly diskMib: number;
  readonly pods: number;
  readonly gpus: number;
}

/** Pods that an LKE node takes. Source: the kubelet's default, which LKE keeps. */
const podsPerNode = 110;
/** Share of a plan's memory that never shows up as the node's capacity (firmware, kernel). */
const memoryOverhead = 0.075;
/** Memory below which the kubelet evicts, MiB. */
const evictionMib = 100;
/** Share of its disk below which it does: its default for Linux, which LKE keeps. */
const evictionDiskShare = 0.1;
/** Share of each vCPU kept for the node's own daemons: of the first, the second, the third and fourth, and all others. */
const cpuReservations = [
  { from: 0, to: 1, share: 0.06 },
  { from: 1, to: 2, share: 0.01 },
  { from: 2, to: 4, share: 0.005 },
  { from: 4, to: Number.POSITIVE_INFINITY, share: 0.0025 },
] as const;

/**
 * What pods may have of one node of the plan.
 *
 * Akamai does not publish LKE's reservations, so this is the estimate that Linode's own Karpenter provider schedules
 * with (github.com/linode/karpenter-provider-linode, pkg/providers/instancetype/types.go, read 2026-08-19):
 * memory = size - 7.5 % - (255 + 11 x pods) MiB - 100 MiB; CPU = size - 6 %, 1 %, 0.5 %, 0.5 %, then 0.25 % of each vCPU.
 * It errs on the small side.
 */
export function allocatable(plan: LinodePlan): Allocatable {
  const sizeMib = plan.memoryGib * 1024;
  const reservedMib = Math.ceil(sizeMib * memoryOverhead) + 255 + 11 * podsPerNode + evictionMib;
  const reservedCpu = cpuReservations
    .map(({ from, to, share }) => Math.floor(Math.max(0, Math.min(plan.vcpus, to) - from) * 1000 * share))
    .reduce((sum, millis) => sum + millis, 0);
  return {
    cpuMillis: plan.vcpus * 1000 - reservedCpu,
    memoryMib: Math.max(0, sizeMib - reservedMib),
    diskMib: Math.floor(diskGibOf(plan) * 1024 * (1 - evictionDiskShare)),
    pods: podsPerNode,
    gpus: plan.gpu?.count ?? 0,
  };
}
