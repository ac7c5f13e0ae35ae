import { isDeepStrictEqual } from "node:util";
import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { type PropertyPath, parsePath } from "./property-path";
import type { Difference, PropertyDifference, Value, Values } from "./standin";

/** Translates a stand-in's answer into the engine's. */
export function toDiffResponse(difference: Difference, oldInputs: Values, newInputs: Values): DiffResponse {
  const { differences } = difference;
  const response = new DiffResponse()
    .setHasdetaileddiff(true)
    .setChanges(
      differences.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE,
    )
    .setDiffsList(roots(differences))
    .setReplacesList(roots(differences.filter(({ replace }) => replace)))
    .setDeletebeforereplace(difference.deleteBeforeReplace ?? false);

  for (const { path, kind, replace } of differences) {
    const segments = parsePath(path);
    // The engine shows old and new values: of the inputs when they differ, else of the state (drift).
    const inputsDiffer = !isDeepStrictEqual(valueAt(oldInputs, segments), valueAt(newInputs, segments));
    response
      .getDetaileddiffMap()
      .set(
        path,
        new PropertyDiff().setKind(kinds[kind][replace ? "replace" : "keep"]).setInputdiff(inputsDiffer),
      );
  }
  return response;
}

const { Kind } = PropertyDiff;
const kinds = {
  add: { keep: Kind.ADD, replace: Kind.ADD_REPLACE },
  update: { keep: Kind.UPDATE, replace: Kind.UPDATE_REPLACE },
  delete: { keep: Kind.DELETE, replace: Kind.DELETE_REPLACE },
} as const;

function roots(differences: readonly PropertyDifference[]): string[] {
  return [...new Set(differences.map(({ path }) => String(parsePath(path)[0] ?? path)))];
}

function valueAt(values: Value, segments: PropertyPath): Value | undefined {
  return segments.reduce<Value | undefined>((found, segment) => {
    if (found === null || typeof found !== "object") {
      return undefined;
    }
    return Object.entries(found).find(([key]) => key === String(segment))?.[1];
  }, values);
}
