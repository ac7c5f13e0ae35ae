import type { Environment } from "../../infra/config/environment";
import type { SizeConfig } from "../../infra/config/sizes";
import { pullSecretFor } from "../../infra/platform/pull-secrets";
import type { Autoscaling } from "./autoscaling";
import type { WorkloadResources } from "./container";
import { scaledAutoscaling, scaledReplicas, scaledResources } from "./scale";
import { withSpotNodes } from "./spot";
import type { WorkloadArgs } from "./workload";

/**
 * A workload on its site: sized for the environment or as the stack says, and on spot nodes where it may be
 * and there are some. On a cluster whose nodes this program does not create it may run on any node, because
 * there are no pools to choose from, and perhaps one node only: a pod that may not share a node with its own
 * kind could then never be replaced.
 */
export function forSite<Args extends WorkloadArgs>(args: Args): Args {
  const { site, workload } = args;
  const environment = environmentOf(args);
  const scaled = scaledResources(environment, args.resources);
  const beside = <Container extends { readonly resources: WorkloadResources }>(container: Container) => ({
    ...container,
    resources: scaledResources(environment, container.resources),
  });
  return {
    ...args,
    ...withSpotNodes(site, args),
    ...(args.initContainers && { initContainers: args.initContainers.map(beside) }),
    ...(args.sidecars && { sidecars: args.sidecars.map(beside) }),
    resources: resized(scaled, site.sizes[workload]),
    pullSecret: pullSecretOf(args),
    ...(!site.cluster.cloud.makesNodes && {
      nodeSelector: undefined,
      preferNodes: undefined,
      spread: undefined,
    }),
  };
}

/** One Secret has the credentials of all registries. A pod gets it when one of its images needs it. */
function pullSecretOf({
  site,
  namespace,
  image,
  initContainers = [],
  sidecars = [],
}: WorkloadArgs): string | undefined {
  return [image, ...[...initContainers, ...sidecars].map((one) => one.image)]
    .map((each) => pullSecretFor(site, namespace, each))
    .find((secret) => secret !== undefined);
}

/** How many replicas a workload has on its site. */
export function replicasForSite(args: WorkloadArgs, replicas: number | Autoscaling): number | Autoscaling {
  const { minimum, maximum } = args.site.sizes[args.workload] ?? {};
  const { environment } = args.site;
  if (typeof replicas === "number") return minimum ?? scaledReplicas(environment, replicas);
  const scaled = scaledAutoscaling(environment, replicas);
  return {
    ...scaled,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

/** The environment whose resources the workload gets: production's, where its declaration says so. */
function environmentOf({ site, sizedFor = [] }: WorkloadArgs): Environment {
  return sizedFor.includes(site.environment) ? "production" : site.environment;
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
