import type { Model, ModelObject } from "../model/model";
import type { Plan } from "../model/plan";

/** Something that would fail on the real clouds. */
export interface Fault {
  /** The object, as {@link nameOf} names it, or the logical name of a cloud resource. */
  readonly object: string;
  /** What was found, and the rule that it breaks. */
  readonly rule: string;
  /** Source of the rule: documentation or source code. */
  readonly source: string;
  /** What to change. */
  readonly fix: string;
}

/** The input of a proof. */
export interface Evidence {
  readonly model: Model;
  /** The clouds' resources; undefined for live clusters. */
  readonly plan?: Plan;
}

/** What a proof checked, and what it found. */
export interface Verdict {
  /** Number of single checks: a proof without checks has proven nothing. */
  readonly checks: number;
  readonly faults: readonly Fault[];
}

/** Finds one kind of fault. */
export interface Proof {
  /** One word: `networks`, `ownership`, ... */
  readonly name: string;
  /** What holds when it finds nothing. */
  readonly claim: string;
  readonly check: (evidence: Evidence) => Verdict;
}

/** `aws: Deployment argocd/argocd-server`: the name of an object in messages and exceptions. */
export function nameOf({
  cluster,
  kind,
  namespace,
  name,
}: Pick<ModelObject, "cluster" | "kind" | "namespace" | "name">): string {
  return `${cluster}: ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
