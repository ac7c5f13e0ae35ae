import { join } from "node:path";
import { modelOf } from "../../model/expand";
import { groupKind } from "../../model/manifest";
import type { CustomResource } from "../../model/operators/operator";
import { readPlan } from "../../model/read-plan";
import { reviewedStacks } from "../../model/reviewed";
import type { Source } from "../../policies/kubernetes/operators";
import { type Neighbours, neighboursIn } from "./operated";
import { Sample } from "./sample";
import { sourcesOf } from "./sources";

/** Where the policies have the table. */
export const operatorsFile = join(__dirname, "..", "..", "policies", "kubernetes", "operator-pods.json");

/** Where the custom resources that the program declares say what their pods look like, by kind as `group/Kind`. */
export function operatorSources(): Readonly<Record<string, readonly Source[]>> {
  const models = reviewedStacks().map((stack) => modelOf(readPlan(stack)));
  const declared = new Set(
    models.flatMap(({ objects }) => objects.flatMap(({ manifest }) => (manifest ? groupKind(manifest) : []))),
  );
  const largest = new Map<string, { readonly resource: CustomResource; readonly neighbours: Neighbours }>();
  for (const neighbours of models.flatMap(neighboursIn)) {
    for (const resource of neighbours.filter((one) => declared.has(groupKind(one)))) {
      const known = largest.get(groupKind(resource));
      if (known === undefined || sizeOf(resource) > sizeOf(known.resource)) {
        largest.set(groupKind(resource), { resource, neighbours });
      }
    }
  }
  return Object.fromEntries(
    [...largest]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([kind, { resource, neighbours }]) => [kind, sourcesOf(new Sample(resource, neighbours))] as const)
      .filter(([, sources]) => sources.length > 0),
  );
}

function sizeOf({ spec }: CustomResource): number {
  return JSON.stringify(spec).length;
}
