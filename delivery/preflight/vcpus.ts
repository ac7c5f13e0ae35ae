import { findAwsInstanceType } from "../../facts/aws-instance-types";
import type { AwsFacts } from "../stack-facts";

/** A quota of EC2 that a stack's pools need, and how much. */
export interface VcpuNeed {
  /** AWS's name. */
  readonly name: string;
  /** AWS's code: the same in every account and region. */
  readonly code: string;
  /** vCPUs when every pool has its maximum size. */
  readonly vcpus: number;
}

/** The quotas for instances' vCPUs, by family and by spot or on demand. */
const quotas = {
  standardOnDemand: { name: "Running On-Demand Standard instances", code: "L-1216C47A" },
  graphicsOnDemand: { name: "Running On-Demand G and VT instances", code: "L-DB2E81BA" },
  standardSpot: { name: "All Standard Spot Instance Requests", code: "L-34B43A08" },
  graphicsSpot: { name: "All G and VT Spot Instance Requests", code: "L-3819A6DF" },
} as const;

/** What the pools of clusters in one region ask of the account when all are at their largest, each with its largest instance type. */
export function vcpuNeeds(clusters: readonly Pick<AwsFacts, "nodePools">[]): readonly VcpuNeed[] {
  const needs = new Map<keyof typeof quotas, number>();
  const add = (quota: keyof typeof quotas, vcpus: number): void => {
    needs.set(quota, (needs.get(quota) ?? 0) + vcpus);
  };
  const pools = clusters.flatMap(({ nodePools }) => Object.values(nodePools));
  for (const { instanceTypes, maximum, onDemandPercent } of pools) {
    const largest = Math.max(...instanceTypes.map((type) => findAwsInstanceType(type)?.vcpu ?? 0));
    const graphics = instanceTypes.some((type) => /^(g|vt)\d/.test(type));
    const onDemand = Math.ceil((maximum * onDemandPercent) / 100);
    add(graphics ? "graphicsOnDemand" : "standardOnDemand", onDemand * largest);
    add(graphics ? "graphicsSpot" : "standardSpot", (maximum - onDemand) * largest);
  }
  return [...needs].filter(([, vcpus]) => vcpus > 0).map(([quota, vcpus]) => ({ ...quotas[quota], vcpus }));
}
