import { Plan } from "../model/plan";
import { reviewedFolder, reviewedStacks } from "../model/reviewed";
import { plannedManifests } from "./planned";

/** The reviewed plan of every stack. */
export function reviewedPlans(): readonly Plan[] {
  return reviewedStacks().map((stack) => Plan.read(stack, reviewedFolder(stack)));
}

/** Addresses of manifests that any of the plans takes over the network. */
export function addressesOf(plans: readonly Plan[]): readonly string[] {
  return [...new Set(plans.flatMap(plannedManifests))].sort();
}
