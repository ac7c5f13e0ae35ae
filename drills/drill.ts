import type { DrillCluster } from "./drill-cluster";
import type { Engine } from "./engine";

/** What a drill is given: a stack that is up, whole and at rest. It leaves it like that again. */
export interface DrillContext {
  readonly stack: string;
  /** The clusters that the stack owns. */
  readonly clusters: readonly DrillCluster[];
  /** Runs of the engine on the stack. */
  readonly engine: Engine;
}

/** What a drill saw. */
export interface Outcome {
  readonly passed: boolean;
  /** Facts, most telling first: what was done, what held by how much, or what broke. */
  readonly evidence: readonly string[];
}

/** A rehearsed failure, and what the platform promises to do about it. */
export interface Drill {
  readonly name: string;
  readonly promise: string;
  readonly run: (context: DrillContext) => Promise<Outcome>;
}

/** A drill passes when nothing broke; what broke is told before what was done. */
export function outcome(broken: readonly string[], done: readonly string[]): Outcome {
  return { passed: broken.length === 0, evidence: [...broken, ...done] };
}
