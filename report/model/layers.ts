import type { Call, Party } from "./system-graph";

/**
 * Parties in columns, callers to the left of what they call, as far as calls have no circles. Parties outside
 * the system are at the edges: on the left when they call it, otherwise on the right.
 */
export function layersOf(parties: readonly Party[], calls: readonly Call[]): readonly (readonly Party[])[] {
  const own = new Set(parties.filter(({ outside }) => !outside).map(({ id }) => id));
  const within = calls.filter(({ from, to }) => own.has(from) && own.has(to));
  const depths = new Map([...own].map((id) => [id, depthOf(id, within, [])]));
  const deepest = Math.max(0, ...depths.values());
  const outside = parties.filter((party) => party.outside);
  const callers = outside.filter(({ id }) => calls.some(({ from }) => from === id));
  return [
    callers,
    ...Array.from({ length: deepest + 1 }, (_, depth) =>
      parties.filter(({ id }) => depths.get(id) === depth),
    ),
    outside.filter((party) => !callers.includes(party)),
  ].filter((layer) => layer.length > 0);
}

/** The longest way to a party from one without callers. */
function depthOf(id: string, calls: readonly Call[], path: readonly string[]): number {
  const callers = calls.filter(({ from, to }) => to === id && from !== id && !path.includes(from));
  return Math.max(0, ...callers.map(({ from }) => 1 + depthOf(from, calls, [...path, id])));
}
