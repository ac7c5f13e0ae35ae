import type { DrillResults } from "../../drills/results";
import { type ClusterCapacity, capacityOf } from "../../estimate/capacity";
import { type Cost, costOf } from "../../estimate/cost/cost";
import type { Plan } from "../../model/plan";
import { type ChartVersion, chartVersions } from "./charts";
import { type ActivePolicy, activePolicies } from "./policies";
import { type SystemGraph, systemGraphs } from "./system-graph";

/** All that a stack's report shows. */
export interface Report {
  readonly stack: string;
  readonly at: Date;
  readonly clusters: readonly ClusterCapacity[];
  readonly cost: Cost;
  readonly systems: readonly SystemGraph[];
  readonly policies: readonly ActivePolicy[];
  /** The last run of the drills; undefined where there was none. */
  readonly drills: DrillResults | undefined;
  readonly charts: readonly ChartVersion[];
}

export function reportOf(
  plan: Plan,
  {
    at,
    policyLevels,
    drills,
  }: {
    readonly at: Date;
    /** Levels that the stack configures, by the policy's id or `all`. */
    readonly policyLevels: Readonly<Record<string, unknown>>;
    readonly drills: DrillResults | undefined;
  },
): Report {
  const clusters = capacityOf(plan);
  return {
    stack: plan.stack,
    at,
    clusters,
    cost: costOf(plan, clusters),
    systems: systemGraphs(plan),
    policies: activePolicies(policyLevels),
    drills,
    charts: chartVersions(plan, at),
  };
}
