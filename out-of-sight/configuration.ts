import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { modelOf, withPassing } from "../model/expand";
import type { Plan } from "../model/plan";
import { referencesResolve } from "../policies/kubernetes/references-resolve";
import { selectorsHit } from "../policies/kubernetes/selectors-hit";
import { namedOf } from "./named";
import { selectedOf } from "./selected";

/** Where a stack's configuration of the policies is. */
export function configurationFile(stack: string): string {
  return join(__dirname, "..", "policies", "config", `${stack}.json`);
}

const configuration = z.record(z.string(), z.unknown());
const ofPolicy = z.record(z.string(), z.unknown()).default({});

/**
 * What a stack configures for its policies, with `made` as the model has it: what charts and operators make, which policies do not
 * see in a plan. All else is as it stands in the file.
 */
export function configurationOf(plan: Plan): Readonly<Record<string, unknown>> {
  const standing = configuration.parse(JSON.parse(readFileSync(configurationFile(plan.stack), "utf8")));
  const model = modelOf(plan);
  return {
    ...standing,
    [selectorsHit.id]: { ...ofPolicy.parse(standing[selectorsHit.id]), made: selectedOf(withPassing(model)) },
    [referencesResolve.id]: { ...ofPolicy.parse(standing[referencesResolve.id]), made: namedOf(plan, model) },
  };
}
