import type { Environment } from "../config/environment";
import { nodeDisk } from "../kit/node-disk";

/** What a namespace may use, and what its containers get that ask for nothing. */
export interface NamespaceLimits {
  /** Sums over the whole namespace: a runaway stops here instead of starving its neighbours. */
  readonly quota: Readonly<Record<string, string>>;
  /** The most that one container may have. */
  readonly largestContainer: { readonly cpu: string; readonly memory: string };
  /** The largest volume that one claim may ask for. */
  readonly largestVolume: string;
}

/**
 * What a container gets that names no requests or limits. Small enough that leaving them out is noticed at once; the
 * quotas count limits, so that without these a pod of none would be refused outright.
 */
export const containerDefaults = {
  limits: { cpu: "500m", memory: "512Mi", ...nodeDisk().limits },
  requests: { cpu: "100m", memory: "128Mi", ...nodeDisk().requests },
};

/**
 * Limits by environment. Production holds everything that the seeds let scale, at its largest, with headroom for a
 * rolling update: one alone may ask for 70 CPUs and 160 GiB (000, 001). GPUs are as many as the pools have (C1-C3). The proofs hold
 * each environment's to what is declared in its namespaces.
 */
export const namespaceLimits: Readonly<Record<Environment, NamespaceLimits>> = {
  development: {
    quota: {
      pods: "100",
      "requests.cpu": "16",
      "requests.memory": "32Gi",
      "limits.cpu": "32",
      "limits.memory": "64Gi",
      "requests.nvidia.com/gpu": "1",
      persistentvolumeclaims: "30",
      "requests.storage": "500Gi",
      "services.loadbalancers": "2",
    },
    largestContainer: { cpu: "8", memory: "32Gi" },
    largestVolume: "100Gi",
  },
  staging: {
    quota: {
      pods: "150",
      "requests.cpu": "32",
      "requests.memory": "96Gi",
      "limits.cpu": "128",
      "limits.memory": "192Gi",
      "requests.nvidia.com/gpu": "2",
      persistentvolumeclaims: "50",
      "requests.storage": "2Ti",
      "services.loadbalancers": "2",
    },
    largestContainer: { cpu: "16", memory: "64Gi" },
    largestVolume: "500Gi",
  },
  production: {
    quota: {
      pods: "400",
      "requests.cpu": "128",
      "requests.memory": "384Gi",
      "limits.cpu": "256",
      "limits.memory": "768Gi",
      "requests.nvidia.com/gpu": "4",
      persistentvolumeclaims: "100",
      "requests.storage": "8Ti",
      "services.loadbalancers": "4",
    },
    largestContainer: { cpu: "32", memory: "160Gi" },
    largestVolume: "2Ti",
  },
};
