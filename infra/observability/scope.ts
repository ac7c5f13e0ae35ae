import { namespaceOf } from "../cluster/namespaces";
import type { Environment } from "../config/environment";
import type { SystemName } from "../config/systems";
import { guestsOf, runs, type Site } from "../kit/site";

/** Whose something is: one of the systems', or the platform's. */
export type Owner = SystemName | "platform";

/** What is watched together: all that an owner has in one environment. */
export interface Scope {
  readonly owner: Owner;
  readonly environment: Environment;
  /** Some namespace of it: where the situations are that rules are tested in. */
  readonly namespace: string;
  /** The matcher of its namespaces, for a selector of PromQL. */
  readonly matcher: string;
  /** Whether a namespace is one of them. */
  readonly has: (namespace: string) => boolean;
}

/** The scope's name: `atlas-production`. */
export function nameOf({ owner, environment }: Scope): string {
  return `${owner}-${environment}`;
}

/** Everything on a site's cluster that its Prometheus watches, environments of other stacks included. (D3) */
export function scopesOf(site: Site): readonly Scope[] {
  return [...systemScopes(site), platformScope(site)];
}

/** The systems on a site's cluster, by environment. */
export function systemScopes(site: Site): readonly Scope[] {
  return placements(site).map(({ owner, environment, namespaces }) => ({
    owner,
    environment,
    namespace: namespaces[0],
    has: (namespace) => namespaces.includes(namespace),
    matcher:
      namespaces.length === 1 ? `namespace="${namespaces[0]}"` : `namespace=~"${namespaces.join("|")}"`,
  }));
}

/** The platform itself on a site's cluster, and with it whatever belongs to no system. */
export function platformScope(site: Site): Scope {
  const others = placements(site).flatMap(({ namespaces }) => namespaces);
  return {
    owner: "platform",
    environment: site.environment,
    namespace: "kube-system",
    has: (namespace) => !others.includes(namespace),
    matcher: others.length === 0 ? 'namespace!=""' : `namespace!~"${others.join("|")}"`,
  };
}

interface Placement {
  readonly owner: SystemName;
  readonly environment: Environment;
  readonly namespaces: readonly [string, ...string[]];
}

function placements(site: Site): readonly Placement[] {
  const { environment } = site;
  const place = (owner: SystemName, ...namespaces: Placement["namespaces"]): readonly Placement[] =>
    runs(site, owner) ? [{ owner, environment, namespaces }] : [];
  return [
    ...place("atlas", namespaceOf("atlas", environment)),
    ...place("aiaas", namespaceOf("aiaas", environment), namespaceOf("aiaas", "shared")),
    ...guestsOf(site).map(
      (guest): Placement => ({
        owner: "aiaas",
        environment: guest,
        namespaces: [namespaceOf("aiaas", guest)],
      }),
    ),
    ...place("ai-middleware", namespaceOf("ai-middleware", "shared")),
    ...place("market-research", namespaceOf("market-research", "shared")),
  ];
}
