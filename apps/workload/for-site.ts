import type { SizeConfig } from "../../infra/config/sizes";
import type { Autoscaling } from "./autoscaling";
import type { WorkloadResources } from "./container";
import { scaledAutoscaling, scaledReplicas, scaledResources } from "./scale";
import type { WorkloadArgs } from "./workload";

/**
 * A workload as it is on its site: sized for the environment, or as the stack says; and on a local cluster free to run on
 * any node, because such a cluster has no pools to choose from.
 */
export function forSite<Args extends WorkloadArgs>(args: Args): Args {
  const { site, workload } = args;
  const scaled = scaledResources(site.environment, args.resources);
  return {
    ...args,
    resources: resized(scaled, site.sizes[workload]),
    ...(site.cluster.kind === "local" && { nodeSelector: undefined, preferNodes: undefined }),
  };
}

/** How many replicas a workload has on its site. */
export function replicasForSite(
  { site, workload }: WorkloadArgs,
  replicas: number | Autoscaling,
): number | Autoscaling {
  const { minimum, maximum } = site.sizes[workload] ?? {};
  if (typeof replicas === "number") return minimum ?? scaledReplicas(site.environment, replicas);
  const scaled = scaledAutoscaling(site.environment, replicas);
  return {
    ...scaled,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

function resized(resources: WorkloadResources, { requests, limits }: SizeConfig = {}): WorkloadResources {
  return {
    requests: {
      cpu: requests?.cpu ?? resources.requests.cpu,
      memory: requests?.memory ?? resources.requests.memory,
    },
    limits: { cpu: limits?.cpu ?? resources.limits.cpu, memory: limits?.memory ?? resources.limits.memory },
  };
}
