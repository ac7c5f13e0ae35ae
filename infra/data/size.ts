import type { Environment } from "../config/environment";
import { nodeDisk } from "../kit/node-disk";

/** What one member of a data store gets. */
export interface StoreSize {
  /** CPU that is kept free for it, for example `500m`. */
  readonly cpu: string;
  /** The most CPU that it may use. */
  readonly cpuLimit: string;
  /** Memory that is kept free for it, for example `1Gi`. */
  readonly memory: string;
  /** The most memory that it may use. */
  readonly memoryLimit: string;
  /** Its volume, for example `100Gi`. */
  readonly storage: string;
}

/** Sizes by environment: the seeds give production's. */
export type StoreSizes = Readonly<Record<Environment, StoreSize>>;

/** The size's requests and limits, in the words of Kubernetes. */
export function storeResources({ cpu, cpuLimit, memory, memoryLimit }: StoreSize) {
  const disk = nodeDisk();
  return {
    requests: { cpu, memory, ...disk.requests },
    limits: { cpu: cpuLimit, memory: memoryLimit, ...disk.limits },
  };
}
