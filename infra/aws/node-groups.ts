import { createHash } from "node:crypto";
import type { EksAmiTypeName } from "../../facts/aws-eks";
import {
  type AwsInstanceType,
  type AwsInstanceTypeName,
  awsInstanceTypes,
} from "../../facts/aws-instance-types";
import { nodeResources } from "../../facts/aws-node-resources";
import type { Gpu, Pool, Taint } from "../cluster/cluster";
import type { AwsNodePoolConfig } from "../config/aws-node-pool-schema";
import { acceleratorLabel } from "../kit/accelerator";
import { poolLabel } from "../kit/pool-label";
import { lifecycleLabel, spotTaint } from "../kit/spot";
import { type PoolSize, splitOverZones, splitPool } from "./pool-split";

/** A planned managed node group: a pool, or one half of a pool that is part on-demand and part spot. */
export interface NodeGroupPlan {
  /** The pool's name, or `POOL-on-demand` and `POOL-spot`; `-ZONE` follows where each zone has a group of its own. */
  readonly name: string;
  /** The node group's name in EKS: see `physicalName`. */
  readonly physicalName: string;
  readonly capacity: "ON_DEMAND" | "SPOT";
  readonly size: PoolSize;
  readonly instanceTypes: readonly AwsInstanceTypeName[];
  readonly amiType: EksAmiTypeName;
  readonly diskGiB: number;
  readonly zones: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly gpu?: Gpu;
}

/** Keeps pods that use no GPU off the nodes that have some, as the seeds' GPU workloads expect it. (000) */
export const gpuTaint: Taint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };

/**
 * The node groups of a pool: on-demand and spot nodes apart, because a managed node group is all of one or all of the other,
 * and on-demand nodes by zone (C4). Nodes carry their pool's name and `lifecycle`, with GPUs `accelerator` and the GPU taint,
 * and where AWS may take them back the spot taint. (000)
 */
export function planNodeGroups(
  pool: string,
  config: AwsNodePoolConfig,
  clusterZones: readonly string[],
): readonly NodeGroupPlan[] {
  const { onDemandPercent } = config;
  const half = (name: string, capacity: NodeGroupPlan["capacity"], size: PoolSize): NodeGroupPlan => {
    const type: AwsInstanceType = instanceTypeOf(pool, config);
    const plan = {
      name,
      capacity,
      size,
      instanceTypes: config.instanceTypes,
      amiType: config.amiType ?? defaultAmiType(type),
      diskGiB: config.diskGiB,
      zones: config.zones ?? clusterZones,
      labels: {
        ...config.labels,
        [lifecycleLabel]: capacity === "SPOT" ? "spot" : "on-demand",
        ...(type.gpu && acceleratorLabel),
        [poolLabel]: name,
      },
      taints: withOwn(config.taints, [
        ...(type.gpu ? [gpuTaint] : []),
        ...(capacity === "SPOT" ? [spotTaint] : []),
      ]),
      ...(type.gpu && { gpu: type.gpu }),
    };
    return { ...plan, physicalName: physicalName(plan) };
  };
  if (onDemandPercent === 100) return byZone(half(pool, "ON_DEMAND", config));
  if (onDemandPercent === 0) return [half(pool, "SPOT", config)];
  const { onDemand, spot } = splitPool(config, onDemandPercent);
  const base = half(`${pool}-on-demand`, "ON_DEMAND", onDemand);
  // The odd nodes of pools that are on demand as a whole are in the first zones: this one's are in the last.
  return [...byZone(base, base.zones.toReversed()), half(`${pool}-spot`, "SPOT", spot)];
}

/**
 * A group for each zone where stores may run: a group over several does not grow in the zone of a waiting pod's volume, and may
 * end a store's node to even out its zones. Stores never run on spot nodes, and none asks for a card.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
function byZone(plan: NodeGroupPlan, zones = plan.zones): readonly NodeGroupPlan[] {
  const { gpu, name, labels } = plan;
  if (gpu !== undefined || zones.length < 2) return [plan];
  return splitOverZones(plan.size, zones).map(({ zone, size }) => {
    const named = `${name}-${zone}`;
    const part = { ...plan, name: named, size, zones: [zone], labels: { ...labels, [poolLabel]: named } };
    return { ...part, physicalName: physicalName(part) };
  });
}

/** Taints of the configuration with the program's own, which win over others of the same key. */
function withOwn(configured: readonly Taint[], own: readonly Taint[]): readonly Taint[] {
  return [...configured.filter(({ key }) => !own.some((taint) => taint.key === key)), ...own];
}

/** A node group as the layers above see it. */
export function poolOf(plan: NodeGroupPlan): Pool {
  const { name, labels, taints, gpu, capacity, size, zones } = plan;
  return {
    allocatable: smallestNode(plan),
    name,
    labels,
    taints,
    ...(gpu && { gpu }),
    spot: capacity === "SPOT",
    minimum: size.minimum,
    maximum: size.maximum,
    zones,
  };
}

/** The least that any node of the group has for pods, over all of its instance types. */
function smallestNode({ instanceTypes, diskGiB }: NodeGroupPlan): NonNullable<Pool["allocatable"]> {
  const nodes = instanceTypes.map((type) => nodeResources(awsInstanceTypes[type], diskGiB).allocatable);
  const smallest = (resource: string, unit: string): number =>
    Math.min(...nodes.map((node) => Number(node[resource]?.replace(unit, ""))));
  return { cpuMillis: smallest("cpu", "m"), memoryMib: smallest("memory", "Mi") };
}

function instanceTypeOf(pool: string, { instanceTypes: [first] }: AwsNodePoolConfig): AwsInstanceType {
  if (first === undefined)
    throw new Error(`nodePools.${pool}.instanceTypes is empty; name at least one type`);
  return awsInstanceTypes[first];
}

function defaultAmiType({ architecture, gpu }: AwsInstanceType): EksAmiTypeName {
  if (architecture === "arm64") return gpu ? "AL2023_ARM_64_NVIDIA" : "AL2023_ARM_64_STANDARD";
  return gpu ? "AL2023_x86_64_NVIDIA" : "AL2023_x86_64_STANDARD";
}

/**
 * Instance types, image, capacity and zones of a node group cannot be changed: another group takes its place. Their
 * digest in its name lets the new one come up, and take the pods over, before the old one is drained.
 */
function physicalName({
  name,
  capacity,
  instanceTypes,
  amiType,
  zones,
}: Omit<NodeGroupPlan, "physicalName">): string {
  const fixed = JSON.stringify([capacity, instanceTypes, amiType, zones]);
  return `${name}-${createHash("sha256").update(fixed).digest("hex").slice(0, 6)}`;
}
