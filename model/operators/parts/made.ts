import type { ObjectFacts } from "../../facts/object";
import type { CustomResource } from "../operator";

/** An object that an operator creates; its namespace and owner follow from the custom resource. */
export type Made = Omit<ObjectFacts, "namespace" | "owner">;

/** Completes created objects: in the namespace of the custom resource, and owned by it. */
export function madeFor({ kind, metadata }: CustomResource): (made: Made) => ObjectFacts {
  return (made) => ({ ...made, namespace: metadata.namespace, owner: `${kind}/${metadata.name}` });
}

/** `0`, `1`, ... below a count. */
export function ordinals(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
