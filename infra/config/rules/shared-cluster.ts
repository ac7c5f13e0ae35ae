import type { Fault } from "../fault";
import { isOwned } from "../linode-cluster";
import type { Draft } from "./rule";

/** Only the owner of a cluster makes namespaces for others on it, and each environment's limits are its own (D3). */
export function sharedCluster({ systems = {}, environment, linode }: Draft): readonly Fault[] {
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
    if (sharedWith.length === 0 || cluster !== "linode" || linode === undefined || isOwned(linode.cluster)) {
      return own;
    }
    return [
      ...own,
      {
        path,
        found: sharedWith.join(", "),
        problem: `the cluster belongs to the stack ${linode.cluster.stack}; only that one may share it`,
        allowed: "an empty list, or the key left out",
      },
    ];
  });
}
