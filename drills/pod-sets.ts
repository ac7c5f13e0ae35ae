import { customOwner } from "../model/facts/pod-owner";
import { hasEnded, type Pod, type Replicated } from "./objects";

/**
 * Pods that an operator manages itself, one by one, as one workload for each resource: PostgreSQL's
 * instances, Kafka's nodes. They are recognized by the labels that they share; the expected number is the
 * current one.
 */
export function podSetsOf(pods: readonly Pod[]): readonly Replicated[] {
  const sets = new Map<string, { readonly of: Replicated; readonly members: Pod[] }>();
  for (const pod of pods.filter((one) => !hasEnded(one))) {
    const owner = customOwner(pod.metadata.ownerReferences);
    if (owner !== undefined) {
      const { namespace } = pod.metadata;
      const metadata = { name: owner.name, namespace };
      const known = sets.get(owner.uid)?.members ?? [];
      const members = [...known, pod];
      const selector = { matchLabels: shared(members) };
      sets.set(owner.uid, {
        of: { kind: owner.kind, metadata, spec: { replicas: members.length, selector } },
        members,
      });
    }
  }
  return [...sets.values()].map(({ of }) => of);
}

/** The labels that all have alike: those that tell members apart, and their roles, are left out. */
function shared(pods: readonly Pod[]): Readonly<Record<string, string>> {
  const [first, ...others] = pods.map(({ metadata }) => metadata.labels ?? {});
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([key, value]) => others.every((labels) => labels[key] === value)),
  );
}
