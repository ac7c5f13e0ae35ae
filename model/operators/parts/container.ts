import { z } from "zod";
import { containerFactsOf } from "../../facts/of-container";
import type { ContainerFacts } from "../../facts/pod";

const quantities = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .transform((given) => Object.fromEntries(Object.entries(given).map(([key, value]) => [key, `${value}`])));

export const resources = z.object({ requests: quantities.optional(), limits: quantities.optional() });

/** A container that the custom resource defines completely. */
export const container = z.looseObject({ name: z.string() });

/** Secrets and ConfigMaps in an environment, which custom resources write like containers. */
export function refsOf(given: { readonly env?: unknown; readonly envFrom?: unknown }): readonly string[] {
  return containerFactsOf(given, "main").refs ?? [];
}

/**
 * An operator's container with the custom resource's settings: lists are added, everything else is replaced.
 */
export function overlaid(own: ContainerFacts, given: ContainerFacts | undefined): ContainerFacts {
  if (given === undefined) return own;
  return {
    ...own,
    image: given.image || own.image,
    resources: given.resources ?? own.resources,
    security: overSecurity(own.security, given.security),
    ports: joined(own.ports, given.ports),
    refs: joined(own.refs, given.refs),
    mounts: joined(own.mounts, given.mounts),
  };
}

/** An operator's security context, overridden by the custom resource's. */
export function overSecurity(
  own: ContainerFacts["security"],
  given: ContainerFacts["security"],
): ContainerFacts["security"] {
  return given ? { ...own, ...defined(given) } : own;
}

function joined<T>(own: T[] | undefined, given: T[] | undefined): T[] | undefined {
  return given === undefined ? own : [...(own ?? []), ...given];
}

function defined<T extends object>(given: T): Partial<T> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.assign({}, ...entries.map(([key, value]) => ({ [key]: value })));
}
