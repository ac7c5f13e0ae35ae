import { poolLabel } from "../../infra/kit/pool-label";
import type { Site } from "../../infra/kit/site";

/**
 * Labels of the nodes that a system's GPU workloads run on: those of the pool that its configuration names. Nodes of a cluster
 * that this program does not make have no such label, and cards or none. (A4, B2, N1)
 */
export function gpuNodes({ cluster }: Site, pool: string): Readonly<Record<string, string>> {
  return cluster.cloud.makesNodes ? { [poolLabel]: pool } : {};
}
