import type { ClaimFacts } from "../../facts/object";
import { claimOf } from "../../facts/of-workload";

/** A claim of a StatefulSet from the custom resource's template; ReadWriteOnce by default. */
export function claimAs(name: string, template: unknown): ClaimFacts {
  const claim = claimOf(template);
  return { ...claim, name, modes: claim.modes.length > 0 ? claim.modes : ["ReadWriteOnce"] };
}

/** Claims of a list, each of which carries its name. */
export function claimsOf(templates: readonly unknown[]): ClaimFacts[] {
  return templates.map((template) => claimAs(claimOf(template).name, template));
}
