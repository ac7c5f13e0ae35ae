import type { JsonObject } from "../json";

/** Whether an object does what it is there for. */
export type Readiness =
  | { readonly state: "ready" }
  /** Not yet; `missing` ends the sentence "waiting: ...". */
  | { readonly state: "waiting"; readonly missing: string }
  /** It will not, unless someone changes it. */
  | { readonly state: "failed"; readonly reason: string };

export const ready: Readiness = { state: "ready" };

export function waiting(missing: string): Readiness {
  return { state: "waiting", missing };
}

export function failed(reason: string): Readiness {
  return { state: "failed", reason };
}

/** Objects of another kind that a readiness depends on, by the path of their collection. */
export interface ClusterView {
  /** Those in the object's own namespace. */
  inNamespace(collection: string): readonly JsonObject[];
  /** Those that belong to no namespace. */
  everywhere(collection: string): readonly JsonObject[];
}

/** How one kind becomes ready. */
export interface ReadinessRule {
  /** Collections of other objects that `judge` looks at. */
  readonly needs?: readonly string[];
  /** Whether there is anything to wait for with these inputs; default true. */
  readonly applies?: (object: JsonObject) => boolean;
  readonly judge: (object: JsonObject, view: ClusterView, waitedSeconds: number) => Readiness;
  /** Seconds until a wait gives up; default 600. */
  readonly timeoutSeconds?: number;
}
