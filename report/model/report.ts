import type { DrillResults } from "../../drills/results";
import { type ClusterCapacity, capacityOf } from "../../estimate/capacity";
import { type Cost, costOf } from "../../estimate/cost/cost";
import { check } from "../../lock/check";
import { plannedReleases } from "../../lock/planned";
import { readLock } from "../../model/charts/lock";
import { modelOf } from "../../model/expand";
import type { Plan } from "../../model/plan";
import { type Path, pathsOf } from "../../proofs/paths/path";
import type { SystemGraph } from "./call";
import { type ChartVersion, chartVersions } from "./charts";
import { type KubernetesVersion, kubernetesVersions } from "./kubernetes-versions";
import { type ClusterOverview, overviewOf } from "./overview";
import { type ActivePolicy, activePolicies } from "./policies";
import { type ProofResult, resultsOf } from "./proof-results";
import { systemGraphs } from "./system-graph";

/** What a report shows of the plan alone, on any day. */
export interface PlanReport {
  readonly stack: string;
  readonly clusters: readonly ClusterCapacity[];
  readonly cost: Cost;
  readonly overview: readonly ClusterOverview[];
  readonly hosts: readonly Path[];
  readonly systems: readonly SystemGraph[];
}

/** All that a stack's report shows. */
export interface Report extends PlanReport {
  readonly at: Date;
  readonly proofs: readonly ProofResult[];
  readonly policies: readonly ActivePolicy[];
  /** The last run of the drills; undefined where there was none. */
  readonly drills: DrillResults | undefined;
  readonly charts: readonly ChartVersion[];
  /** What of the chart lock does not fit the plan, each with the command that refreshes it. */
  readonly lockFaults: readonly string[];
  readonly kubernetes: readonly KubernetesVersion[];
}

export function planReportOf(plan: Plan): PlanReport {
  const clusters = capacityOf(plan);
  const hosts = pathsOf({ model: modelOf(plan), plan });
  return {
    stack: plan.stack,
    clusters,
    cost: costOf(plan, clusters),
    overview: overviewOf(clusters, hosts),
    hosts,
    systems: systemGraphs(plan),
  };
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
  const ofPlan = planReportOf(plan);
  return {
    ...ofPlan,
    at,
    proofs: resultsOf({ model: modelOf(plan), plan }, at),
    policies: activePolicies(policyLevels),
    drills,
    charts: chartVersions(plan, at),
    lockFaults: check({
      planned: plannedReleases(plan),
      addresses: [],
      locked: readLock(plan.stack),
      definitions: new Map(),
    }).faults,
    kubernetes: kubernetesVersions(ofPlan.clusters),
  };
}
