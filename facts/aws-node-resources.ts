import type { AwsInstanceType } from "./aws-instance-types";

/** Kubernetes resources by name, as quantities that Kubernetes reads (`"3920m"`, `"14162Mi"`). */
export type Quantities = Readonly<Record<string, string>>;

/** What a node of an instance type has, and what of it pods can have. */
export interface NodeResources {
  /** `status.capacity`. */
  readonly capacity: Quantities;
  /** `status.allocatable`: capacity less what EKS's AMIs reserve for kubelet, containerd and evictions. */
  readonly allocatable: Quantities;
}

/** Memory that hypervisor and kernel take before kubelet counts any; Karpenter's `vmMemoryOverheadPercent`. */
const machineMemoryShare = 0.075;
/** `memory.available` below which kubelet evicts (EKS AMIs' `evictionHard`). */
const evictionMemoryMiB = 100;
/** `kubeReserved` memory of EKS AMIs: a base, and a share for each pod that fits. */
const reservedMemoryBaseMiB = 255;
const reservedMemoryPerPodMiB = 11;
/** `kubeReserved` disk of EKS AMIs, and the share of the disk below which kubelet evicts. */
const reservedDiskGiB = 1;
const evictionDiskShare = 0.1;

/** `kubeReserved` CPU of EKS AMIs: a share of each slice of the cores, smaller from slice to slice. */
const reservedCpu = [
  { fromMilli: 0, toMilli: 1000, share: 0.06 },
  { fromMilli: 1000, toMilli: 2000, share: 0.01 },
  { fromMilli: 2000, toMilli: 4000, share: 0.005 },
  { fromMilli: 4000, toMilli: Number.POSITIVE_INFINITY, share: 0.0025 },
] as const;

/**
 * Pods that fit on a node. Each pod takes an address of its own (the VPC CNI's secondary-address mode: t2 cannot do
 * prefix delegation, and one rule for all pools is easier to plan with). An interface's first address is its own;
 * the two pods added are aws-node and kube-proxy, which use the host's. Managed node groups stop at 110 pods below
 * 30 vCPUs and at 250 from there.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
export function maxPods(type: AwsInstanceType): number {
  const addresses = type.interfaces * (type.addresses - 1) + 2;
  return Math.min(addresses, type.vcpu < 30 ? 110 : 250);
}

/**
 * A node's capacity and allocatable resources by the formula of EKS's own AMIs.
 *
 * @param rootVolumeGiB size of the node's root volume, which holds images, logs and `emptyDir`s.
 * @see https://github.com/awslabs/amazon-eks-ami nodeadm, `internal/kubelet/config.go`
 */
export function nodeResources(type: AwsInstanceType, rootVolumeGiB: number): NodeResources {
  const pods = maxPods(type);
  const capacityMiB = type.memoryGiB * 1024 * (1 - machineMemoryShare);
  const reservedMiB = reservedMemoryBaseMiB + reservedMemoryPerPodMiB * pods + evictionMemoryMiB;
  const cores = type.vcpu * 1000;
  const reservedMilli = reservedCpu.reduce(
    (sum, { fromMilli, toMilli, share }) => sum + Math.max(0, Math.min(cores, toMilli) - fromMilli) * share,
    0,
  );
  const gpus: Quantities = type.gpu ? { "nvidia.com/gpu": String(type.gpu.count) } : {};
  return {
    capacity: {
      cpu: String(type.vcpu),
      memory: `${Math.floor(capacityMiB)}Mi`,
      "ephemeral-storage": `${rootVolumeGiB}Gi`,
      pods: String(pods),
      ...gpus,
    },
    allocatable: {
      cpu: `${Math.floor(cores - reservedMilli)}m`,
      memory: `${Math.floor(capacityMiB - reservedMiB)}Mi`,
      "ephemeral-storage": `${Math.floor(rootVolumeGiB * (1 - evictionDiskShare)) - reservedDiskGiB}Gi`,
      pods: String(pods),
      ...gpus,
    },
  };
}
