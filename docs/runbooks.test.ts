import { runbooks } from "../infra/observability/runbooks";
import { modelOf } from "../model/expand";
import type { ModelObject } from "../model/model";
import { readPlan } from "../model/read-plan";
import { reviewedStacks } from "../model/reviewed";

/** What the pages say that they cover: a workload, a claim, or all that operators make for custom resources of a kind. */
const covered = new Set(
  Object.values(runbooks()).flatMap((text) =>
    [...text.matchAll(/^Covers: (.*)$/gm)].flatMap(([, names = ""]) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    ),
  ),
);

/** Everything that keeps data on a volume, by the names under which a page may cover it. */
function keepers(stack: string): readonly (readonly string[])[] {
  const { objects } = modelOf(readPlan(stack));
  return objects.flatMap((object) => {
    const claims = (object.pod?.volumes ?? []).flatMap((volume) => /^claim (\S+)/.exec(volume)?.[1] ?? []);
    return (object.claims ?? []).length + claims.length > 0 ? [namesOf(object, claims)] : [];
  });
}

function namesOf({ name, owner }: ModelObject, claims: readonly string[]): readonly string[] {
  const kind = owner?.split("/")[0];
  return [name, ...claims, ...(kind === undefined ? [] : [kind])];
}

test.each(reviewedStacks())(
  "whatever keeps data on a volume in %s has a page that tells how it is restored (R2)",
  (stack) => {
    const all = keepers(stack);
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((names) => !names.some((name) => covered.has(name)))).toEqual([]);
  },
);
