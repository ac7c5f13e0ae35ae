import type { Plan } from "../model/plan";
import { readPlan } from "../model/read-plan";
import { reviewedStacks } from "../model/reviewed";
import { plannedManifests } from "./planned";

/** The reviewed plan of every stack. */
export function reviewedPlans(): readonly Plan[] {
  return reviewedStacks().map((stack) => readPlan(stack));
}

/** Addresses of manifests that any of the plans takes over the network. */
export function addressesOf(plans: readonly Plan[]): readonly string[] {
  return [...new Set(plans.flatMap(plannedManifests))].sort();
}
