import type { Environment } from "../config/environment";
import { guestsOf, type Site, systemsAt } from "../kit/site";
import type { Placed } from "../systems/system";

/** Whose something is: a system's, by its name, or the platform's. */
export type Owner = string;

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

/** The scope's name: `shop-production`. */
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

/** The platform on a site's cluster, and everything there that belongs to no system. */
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
  readonly owner: string;
  readonly environment: Environment;
  readonly namespaces: readonly [string, ...string[]];
}

function placements(site: Site): readonly Placement[] {
  const guests = guestsOf(site);
  return systemsAt(site).flatMap((system) => [
    ...ownPlacement(system, site.environment),
    ...guests
      .filter((guest) => guest.system.name === system.name)
      .map(
        ({ environment, namespace }): Placement => ({
          owner: system.name,
          environment,
          namespaces: [namespace],
        }),
      ),
  ]);
}

/** The namespaces of a system in the stack's own environment, but for those in which the platform's concerns live. */
function ownPlacement({ name, namespaces }: Placed, environment: Environment): readonly Placement[] {
  const own = namespaces.filter(({ concern }) => concern === undefined);
  const named = (wanted: Environment | "shared") =>
    own.filter((each) => each.environment === wanted).map((each) => each.name);
  const [first, ...others] = [...named(environment), ...named("shared")];
  return first === undefined ? [] : [{ owner: name, environment, namespaces: [first, ...others] }];
}
