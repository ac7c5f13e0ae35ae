import { type ClusterCapacity, capacityOf } from "../../estimate/capacity";
import { amounts } from "../../estimate/capacity-text";
import { type Resources, sum } from "../../estimate/resources";
import { readPlan } from "../../model/read-plan";

/** The requests of a stack's pods, a line for each cluster, as `npm run capacity` computes them. */
export function requestsOf(stack: string): string {
  return capacityOf(readPlan(stack))
    .map((cluster) => `- ${lineOf(cluster)}`)
    .join("\n");
}

function lineOf({ cluster, wanted, wantedOnEachNode, pools }: ClusterCapacity): string {
  if (pools.length === 0) {
    const inAll = (resources: Resources): string => amounts(sum([resources, wantedOnEachNode]));
    return `\`${cluster.name}\`, whose nodes the stack does not make: ${inAll(wanted.desired)} on a single node, and ${inAll(wanted.maximum)} when everything is at its largest.`;
  }
  const requested = sum(pools.map(({ at }) => at.desired.requested));
  const allocatable = sum(pools.map(({ at }) => at.desired.allocatable));
  return `\`${cluster.name}\`: ${amounts(requested)} of the ${amounts(allocatable)} that the pods of its nodes can have.`;
}
