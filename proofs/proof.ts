import type { Model, ModelObject } from "../model/model";
import type { Plan } from "../model/plan";

/** Something that would fail on the real clouds. */
export interface Fault {
  /** What is wrong, as {@link nameOf} names it, or the logical name of a cloud's resource. */
  readonly object: string;
  /** What was found, and which rule it breaks. */
  readonly rule: string;
  /** Where the rule is from: documentation, or the software's source. */
  readonly source: string;
  /** What to change. */
  readonly fix: string;
}

/** What a proof looks at. */
export interface Evidence {
  readonly model: Model;
  /** The resources of the clouds; undefined for clusters that were read live. */
  readonly plan?: Plan;
}

/** What a proof has looked at, and what it found. */
export interface Verdict {
  /** How many single questions were asked: a proof that asks none has proven nothing. */
  readonly checks: number;
  readonly faults: readonly Fault[];
}

/** One kind of fault, looked for everywhere. */
export interface Proof {
  /** One word: `networks`, `ownership`, ... */
  readonly name: string;
  /** What holds when it finds nothing. */
  readonly claim: string;
  readonly check: (evidence: Evidence) => Verdict;
}

/** `aws: Deployment argocd/argocd-server`: an object as people and exceptions name it. */
export function nameOf({
  cluster,
  kind,
  namespace,
  name,
}: Pick<ModelObject, "cluster" | "kind" | "namespace" | "name">): string {
  return `${cluster}: ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
