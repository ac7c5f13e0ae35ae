import type { ObjectFacts } from "../../facts/object";
import type { CustomResource } from "../operator";

/** What an operator says of an object that it makes; where it is and whose it is follow from the custom resource. */
export type Made = Omit<ObjectFacts, "namespace" | "owner">;

/** Turns what is said of objects into facts of them: in the namespace of the custom resource, and owned by it. */
export function madeFor({ kind, metadata }: CustomResource): (made: Made) => ObjectFacts {
  return (made) => ({ ...made, namespace: metadata.namespace, owner: `${kind}/${metadata.name}` });
}

/** `0`, `1`, ... below a count. */
export function ordinals(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
