import type { Environment } from "../../infra/config/environment";
import { cpuMillis, memoryMib } from "../../primitives/quantity";
import type { Autoscaling } from "./autoscaling";
import type { Amount, WorkloadResources } from "./container";

/**
 * The share of production's requests that other environments get: the seeds size production only. Limits stay
 * the same, so a workload can do the same work there while the node has room.
 */
interface Share {
  /** Divides the CPU that is requested. */
  readonly cpu: number;
  /** Divides the memory that is requested. */
  readonly memory: number;
  /** The most replicas that a workload starts with. */
  readonly replicas: number;
  /** The most replicas that an autoscaler may make. */
  readonly maximum: number;
}

const shares: Readonly<Record<Environment, Share>> = {
  development: { cpu: 20, memory: 8, replicas: 1, maximum: 2 },
  staging: { cpu: 4, memory: 4, replicas: 2, maximum: 4 },
  production: { cpu: 1, memory: 1, replicas: Number.POSITIVE_INFINITY, maximum: Number.POSITIVE_INFINITY },
};

/** The resources of a workload in an environment, from those that production gives it. */
export function scaledResources(
  environment: Environment,
  { requests, limits }: WorkloadResources,
): WorkloadResources {
  return { requests: shareOf(requests, shares[environment]), limits };
}

/** The replicas of a workload in an environment, from those of production. */
export function scaledReplicas(environment: Environment, replicas: number): number {
  return Math.min(replicas, shares[environment].replicas);
}

/** The bounds of an autoscaler in an environment, from those of production. */
export function scaledAutoscaling(environment: Environment, autoscaling: Autoscaling): Autoscaling {
  const { replicas, maximum } = shares[environment];
  return {
    ...autoscaling,
    minimum: Math.min(autoscaling.minimum, replicas),
    ...(autoscaling.initial !== undefined && { initial: Math.min(autoscaling.initial, replicas) }),
    maximum: Math.min(autoscaling.maximum, maximum),
  };
}

/** A quantity divided, in the smallest unit that is usual for it: never less than 10m of CPU or 64Mi of memory. */
function shareOf(requests: Amount, { cpu, memory }: Share): Amount {
  return {
    cpu: cpu === 1 ? requests.cpu : `${Math.max(10, Math.ceil(cpuMillis(requests.cpu) / cpu))}m`,
    memory:
      memory === 1 ? requests.memory : `${Math.max(64, Math.ceil(memoryMib(requests.memory) / memory))}Mi`,
  };
}
