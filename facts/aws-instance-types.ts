/**
 * EC2 instance types that a pool may use, and what each offers.
 *
 * Shapes, network limits and prices were read on 2026-11-21 from the generated tables of Karpenter's AWS provider
 * (github.com/aws/karpenter-provider-aws, its `main` of 2026-08-21): prices as AWS listed them on 2026-07-20, network
 * limits as of 2026-08-06. To add a type, add a row; `aws ec2 describe-instance-types` shows every column but the price.
 */

export type AwsArchitecture = "x86_64" | "arm64";

/** NVIDIA cards that AWS rents by the instance. What the seeds call an A10 is AWS's own A10G, which has no MIG. */
export type AwsGpuModel = "T4" | "A10G" | "L4";

export interface AwsInstanceType {
  /** Virtual CPUs. */
  readonly vcpu: number;
  /** Memory in GiB as AWS advertises it. A node sees less: see `aws-node-resources.ts`. */
  readonly memoryGiB: number;
  readonly architecture: AwsArchitecture;
  /** Elastic network interfaces that fit on an instance. */
  readonly interfaces: number;
  /** IPv4 addresses for each interface. */
  readonly addresses: number;
  /** Linux on-demand price in us-east-1, US dollars an hour. Other regions differ by up to a third. */
  readonly usdPerHour: number;
  /** The cards on an instance; absent on types without any. */
  readonly gpu?: { readonly model: AwsGpuModel; readonly count: number };
}

const x86 = "x86_64";
const arm = "arm64";

export const awsInstanceTypes = {
  // General purpose: 4 GiB for each vCPU.
  "m5.large": { vcpu: 2, memoryGiB: 8, architecture: x86, interfaces: 3, addresses: 10, usdPerHour: 0.096 },
  "m5.xlarge": { vcpu: 4, memoryGiB: 16, architecture: x86, interfaces: 4, addresses: 15, usdPerHour: 0.192 },
  "m5.2xlarge": {
    vcpu: 8,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.384,
  },
  "m6a.large": { vcpu: 2, memoryGiB: 8, architecture: x86, interfaces: 3, addresses: 10, usdPerHour: 0.0864 },
  "m6a.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.1728,
  },
  "m6a.2xlarge": {
    vcpu: 8,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.3456,
  },
  "m6i.large": { vcpu: 2, memoryGiB: 8, architecture: x86, interfaces: 3, addresses: 10, usdPerHour: 0.096 },
  "m6i.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.192,
  },
  "m6i.2xlarge": {
    vcpu: 8,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.384,
  },
  "m7a.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.23184,
  },
  "m7a.2xlarge": {
    vcpu: 8,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.46368,
  },
  "m7g.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: arm,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.1632,
  },
  "m7g.2xlarge": {
    vcpu: 8,
    memoryGiB: 32,
    architecture: arm,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.3264,
  },
  "m7i.large": { vcpu: 2, memoryGiB: 8, architecture: x86, interfaces: 3, addresses: 10, usdPerHour: 0.1008 },
  "m7i.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.2016,
  },
  "m7i.2xlarge": {
    vcpu: 8,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.4032,
  },

  // Compute optimised: 2 GiB for each vCPU.
  "c5.2xlarge": { vcpu: 8, memoryGiB: 16, architecture: x86, interfaces: 4, addresses: 15, usdPerHour: 0.34 },
  "c6a.xlarge": { vcpu: 4, memoryGiB: 8, architecture: x86, interfaces: 4, addresses: 15, usdPerHour: 0.153 },
  "c6a.2xlarge": {
    vcpu: 8,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.306,
  },
  "c6a.4xlarge": {
    vcpu: 16,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 8,
    addresses: 30,
    usdPerHour: 0.612,
  },
  "c6i.xlarge": { vcpu: 4, memoryGiB: 8, architecture: x86, interfaces: 4, addresses: 15, usdPerHour: 0.17 },
  "c6i.2xlarge": {
    vcpu: 8,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.34,
  },
  "c6i.4xlarge": {
    vcpu: 16,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 8,
    addresses: 30,
    usdPerHour: 0.68,
  },
  "c7a.xlarge": {
    vcpu: 4,
    memoryGiB: 8,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.20528,
  },
  "c7a.2xlarge": {
    vcpu: 8,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.41056,
  },
  "c7a.4xlarge": {
    vcpu: 16,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 8,
    addresses: 30,
    usdPerHour: 0.82112,
  },
  "c7g.2xlarge": {
    vcpu: 8,
    memoryGiB: 16,
    architecture: arm,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.29,
  },
  "c7i.xlarge": {
    vcpu: 4,
    memoryGiB: 8,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.1785,
  },
  "c7i.2xlarge": {
    vcpu: 8,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.357,
  },
  "c7i.4xlarge": {
    vcpu: 16,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 8,
    addresses: 30,
    usdPerHour: 0.714,
  },

  // Memory optimised: 8 GiB for each vCPU.
  "r5.xlarge": { vcpu: 4, memoryGiB: 32, architecture: x86, interfaces: 4, addresses: 15, usdPerHour: 0.252 },
  "r5.2xlarge": {
    vcpu: 8,
    memoryGiB: 64,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.504,
  },
  "r6a.xlarge": {
    vcpu: 4,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.2268,
  },
  "r6a.2xlarge": {
    vcpu: 8,
    memoryGiB: 64,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.4536,
  },
  "r6i.xlarge": {
    vcpu: 4,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.252,
  },
  "r6i.2xlarge": {
    vcpu: 8,
    memoryGiB: 64,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.504,
  },
  "r7a.2xlarge": {
    vcpu: 8,
    memoryGiB: 64,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.6086,
  },
  "r7i.xlarge": {
    vcpu: 4,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.2646,
  },
  "r7i.2xlarge": {
    vcpu: 8,
    memoryGiB: 64,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.5292,
  },

  // Burstable: the spot workers of C4. t2 runs on Xen, not on Nitro.
  "t2.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 3,
    addresses: 15,
    usdPerHour: 0.1856,
  },
  "t3.large": { vcpu: 2, memoryGiB: 8, architecture: x86, interfaces: 3, addresses: 12, usdPerHour: 0.0832 },
  "t3.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.1664,
  },
  "t3a.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.1504,
  },

  // GPU. The smallest of each family has 4 vCPUs, of which a pod can have 3.92: too few for a request of 4.
  "g4dn.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 3,
    addresses: 10,
    usdPerHour: 0.526,
    gpu: { model: "T4", count: 1 },
  },
  "g4dn.2xlarge": {
    vcpu: 8,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 3,
    addresses: 10,
    usdPerHour: 0.752,
    gpu: { model: "T4", count: 1 },
  },
  "g4dn.4xlarge": {
    vcpu: 16,
    memoryGiB: 64,
    architecture: x86,
    interfaces: 3,
    addresses: 10,
    usdPerHour: 1.204,
    gpu: { model: "T4", count: 1 },
  },
  "g4dn.12xlarge": {
    vcpu: 48,
    memoryGiB: 192,
    architecture: x86,
    interfaces: 8,
    addresses: 30,
    usdPerHour: 3.912,
    gpu: { model: "T4", count: 4 },
  },
  "g5.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 1.006,
    gpu: { model: "A10G", count: 1 },
  },
  "g5.2xlarge": {
    vcpu: 8,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 1.212,
    gpu: { model: "A10G", count: 1 },
  },
  "g5.4xlarge": {
    vcpu: 16,
    memoryGiB: 64,
    architecture: x86,
    interfaces: 8,
    addresses: 30,
    usdPerHour: 1.624,
    gpu: { model: "A10G", count: 1 },
  },
  "g5.8xlarge": {
    vcpu: 32,
    memoryGiB: 128,
    architecture: x86,
    interfaces: 8,
    addresses: 30,
    usdPerHour: 2.448,
    gpu: { model: "A10G", count: 1 },
  },
  "g5.12xlarge": {
    vcpu: 48,
    memoryGiB: 192,
    architecture: x86,
    interfaces: 15,
    addresses: 50,
    usdPerHour: 5.672,
    gpu: { model: "A10G", count: 4 },
  },
  "g6.xlarge": {
    vcpu: 4,
    memoryGiB: 16,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.8048,
    gpu: { model: "L4", count: 1 },
  },
  "g6.2xlarge": {
    vcpu: 8,
    memoryGiB: 32,
    architecture: x86,
    interfaces: 4,
    addresses: 15,
    usdPerHour: 0.9776,
    gpu: { model: "L4", count: 1 },
  },
  "g6.4xlarge": {
    vcpu: 16,
    memoryGiB: 64,
    architecture: x86,
    interfaces: 8,
    addresses: 30,
    usdPerHour: 1.3232,
    gpu: { model: "L4", count: 1 },
  },
} as const satisfies Record<string, AwsInstanceType>;

export type AwsInstanceTypeName = keyof typeof awsInstanceTypes;

/** The facts of an instance type; undefined when the table has no such type. */
export function findAwsInstanceType(name: string): AwsInstanceType | undefined {
  const table: Readonly<Record<string, AwsInstanceType>> = awsInstanceTypes;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * What spot capacity costs as a share of the on-demand price: one estimate for every type, for comparing pools, never for
 * a budget. It follows from the 60-70 % savings that 001 counts on; AWS's own figures were not looked up. Spot prices move
 * by the hour and by the zone: `aws ec2 describe-spot-price-history` has the real ones.
 */
export const spotPriceShareEstimate = { share: 0.35, asOf: "2026-11-21" } as const;
