import { formatPath, overlaps, type PropertyPath } from "../property-path";
import type { PropertyDifference, Values } from "../standin";
import { namespaceOf } from "./applier";
import type { Change } from "./compare";
import { at, isObject, type Json, type JsonObject, textAt, withAt } from "./json";
import { annotations, isMarked } from "./manifest";

/** True when the replacement has the very name of what it replaces, so that the old one must go first. */
export function keepsName(id: string, manifest: JsonObject | undefined): boolean {
  if (manifest === undefined) {
    return true;
  }
  const name = textAt(manifest, "metadata", "name");
  const namespace = namespaceOf(manifest);
  const isSame =
    namespace === undefined ? id === name || id.endsWith(`/${name}`) : id === `${namespace}/${name}`;
  return isSame && !isMarked(manifest, annotations.autonamed);
}

/** The manifest with ignored fields as they are in the cluster, so that applying it leaves them alone. */
export function withLiveValues(
  manifest: JsonObject,
  live: JsonObject,
  ignored: readonly PropertyPath[],
): JsonObject {
  const result = ignored
    .filter((path) => !path.includes("*") && at(live, ...path) !== undefined)
    .reduce<Json>((merged, path) => withAt(merged, path, at(live, ...path)), manifest);
  return isObject(result) ? result : manifest;
}

/** True when a change at `inner` is within `outer`, such as an ignored path. */
export function covers(outer: PropertyPath, inner: PropertyPath): boolean {
  return outer.length <= inner.length && overlaps(outer, inner);
}

export function toDifference(change: Change, replace: boolean, newInputs: Values): PropertyDifference {
  const [root, key] = change.path;
  const { stringData } = newInputs;
  // The live object holds everything as `data`; people look for it where they wrote it.
  const isStringData =
    root === "data" &&
    typeof key === "string" &&
    newInputs.kind === "Secret" &&
    isObject(stringData) &&
    key in stringData;
  const path = isStringData ? ["stringData", ...change.path.slice(1)] : change.path;
  return { path: formatPath(path), kind: change.kind, replace };
}
