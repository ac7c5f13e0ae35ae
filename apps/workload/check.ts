import * as pulumi from "@pulumi/pulumi";
import { cpuMillis, memoryMib } from "../../primitives/quantity";
import type { Autoscaling } from "./autoscaling";
import { podRequests } from "./beside";
import { misfit } from "./fit";
import { tolerationsOf } from "./pod";
import type { WorkloadArgs } from "./workload";

/**
 * Refuses a workload that could never run as it is declared, before anything of it is made.
 *
 * @throws pulumi.RunError with everything that is wrong with it
 */
export function checkWorkload(
  args: WorkloadArgs,
  { pods, replicas }: { readonly pods: number; readonly replicas?: Autoscaling },
): void {
  const { site, namespace, workload, resources, gpus = 0, nodeSelector = {}, avoidNodes = {} } = args;
  const { requests, limits } = resources;
  const demand = {
    requests: podRequests(args),
    gpus,
    pods,
    apart: args.spread === "one-per-node",
    nodeSelector,
    avoidNodes,
    tolerations: tolerationsOf(args),
  };
  const nowhere = misfit(demand, site.cluster.pools);
  const faults = [
    ...(cpuMillis(requests.cpu) > cpuMillis(limits.cpu)
      ? [`it requests ${requests.cpu} CPU, and its limit is ${limits.cpu}`]
      : []),
    ...(memoryMib(requests.memory) > memoryMib(limits.memory)
      ? [`it requests ${requests.memory} memory, and its limit is ${limits.memory}`]
      : []),
    ...(replicas && replicas.minimum > replicas.maximum
      ? [`its autoscaler's minimum of ${replicas.minimum} is over its maximum of ${replicas.maximum}`]
      : []),
    ...(nowhere === undefined
      ? []
      : [`its pods fit on no node of the cluster ${site.cluster.name}: ${nowhere}`]),
  ];
  if (faults.length === 0) return;
  throw new pulumi.RunError(
    [`The workload ${workload} in ${namespace} cannot run:`, ...faults.map((fault) => `  - ${fault}`)].join(
      "\n",
    ),
  );
}
