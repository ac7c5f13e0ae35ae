import { type Locked, readLock } from "../../model/charts/lock";
import { clusterName } from "../../model/expand";
import type { ObjectFacts } from "../../model/facts/object";
import { withOperators } from "../../model/with-operators";
import { labelOf, type ReleaseObjects } from "../../sandbox/providers/kubernetes/release/stand-ins";
import { standInsFor } from "./objects";

/** What a release makes, and what operators make of that; nothing where the lock does not have the release. */
export type LockedFacts = (...release: Parameters<ReturnType<ReleaseObjects>>) => readonly ObjectFacts[];

/** What stands in for the releases of one provider: what the lock has of them. */
export const lockedStandIns: ReleaseObjects = (providerUrn) => {
  const factsOf = lockedFactsOf(providerUrn);
  return (release) => standInsFor(factsOf(release), labelOf(release));
};

/** What the lock has of the releases of one provider, by the provider's URN: that names the stack and the cluster. */
export function lockedFactsOf(providerUrn = ""): LockedFacts {
  const [stack = "", , , provider = ""] = providerUrn.replace(/^urn:pulumi:/, "").split("::");
  const cluster = clusterName(provider);
  // Read once, at the first release that needs it: a stack has dozens, and none does where charts are
  // available.
  let lock: readonly Locked[] | undefined;
  return ({ name, namespace }) => {
    lock ??= readLock(stack);
    const locked = lock.find(
      (one) => one.cluster === cluster && one.release === name && one.namespace === namespace,
    );
    const objects = (locked?.objects ?? []).map((facts) => ({ ...facts, cluster }));
    return withOperators(objects, (_, facts) => ({ ...facts, cluster }));
  };
}
