import { readDefinitions } from "../model/charts/definitions";
import { lockedStacks, readLock } from "../model/charts/lock";
import { check, type Findings } from "./check";
import { plannedReleases } from "./planned";
import { addressesOf, reviewedPlans } from "./reviewed-plans";

/**
 * What the project's lock says beside the reviewed plans.
 *
 * @throws Failure when a file of the lock cannot be read
 */
export function findingsOf(): Findings {
  const plans = reviewedPlans();
  return check({
    planned: plans.flatMap(plannedReleases),
    addresses: addressesOf(plans),
    locked: lockedStacks().flatMap((stack) => readLock(stack)),
    definitions: readDefinitions(),
  });
}
