import type { Fault } from "../fault";
import { type Draft, viewsOf } from "./rule";

/** Only the owner of a cluster makes namespaces for others on it, and each environment's limits are its own (D3). */
export function sharedCluster({ systems = {}, environment, ...draft }: Draft): readonly Fault[] {
  const views = viewsOf(draft);
  return Object.entries(systems).flatMap(([system, settings]) => {
    const { cluster, sharedWith = [] } = settings ?? {};
    const path = ["systems", system, "sharedWith"];
    const own = sharedWith.flatMap((name, index) =>
      name === environment
        ? [
            {
              path: [...path, index],
              found: JSON.stringify(name),
              problem: "this is the stack's own environment, which it has in any case",
              allowed: "the environments of other stacks",
            },
          ]
        : [],
    );
    const owner = views.find(({ name }) => name === cluster)?.view.owner;
    if (sharedWith.length === 0 || owner === undefined) return own;
    return [
      ...own,
      {
        path,
        found: sharedWith.join(", "),
        problem: `the cluster belongs to the stack ${owner}; only that one may share it`,
        allowed: "an empty list, or the key left out",
      },
    ];
  });
}
