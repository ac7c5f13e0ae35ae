import type { Call, Party } from "./call";

/**
 * Parties in columns, callers to the left of what they call, as far as calls have no circles. Parties outside
 * the system are at the edges: on the left when they call it, otherwise on the right. In a column, parties stand beside
 * those that they call and are called by, so that few lines cross.
 */
export function layersOf(parties: readonly Party[], calls: readonly Call[]): readonly (readonly Party[])[] {
  const own = new Set(parties.filter(({ role }) => role !== "outside").map(({ id }) => id));
  const within = calls.filter(({ from, to }) => own.has(from) && own.has(to));
  const depths = new Map([...own].map((id) => [id, depthOf(id, within, [])]));
  const deepest = Math.max(0, ...depths.values());
  const outside = parties.filter(({ role }) => role === "outside");
  const callers = outside.filter(({ id }) => calls.some(({ from }) => from === id));
  const layers = [
    callers,
    ...Array.from({ length: deepest + 1 }, (_, depth) =>
      parties.filter(({ id }) => depths.get(id) === depth),
    ),
    outside.filter((party) => !callers.includes(party)),
  ].filter((layer) => layer.length > 0);
  return uncrossed(layers, calls);
}

/** The longest way to a party from one without callers. */
function depthOf(id: string, calls: readonly Call[], path: readonly string[]): number {
  const callers = calls.filter(({ from, to }) => to === id && from !== id && !path.includes(from));
  return Math.max(0, ...callers.map(({ from }) => 1 + depthOf(from, calls, [...path, id])));
}

/** How often columns are put in order; afterwards next to nothing changes. */
const sweeps = 8;

function uncrossed(
  layers: readonly (readonly Party[])[],
  calls: readonly Call[],
): readonly (readonly Party[])[] {
  let sorted = layers;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const column of sorted.keys()) {
      const heights = heightsOf(sorted);
      const wanted = (id: string): number => {
        const others = calls.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
        const sum = others.reduce((total, other) => total + (heights.get(other) ?? 0), 0);
        return others.length === 0 ? 0 : sum / others.length;
      };
      sorted = sorted.map((layer, index) =>
        index === column ? layer.toSorted((one, other) => wanted(one.id) - wanted(other.id)) : layer,
      );
    }
  }
  return sorted;
}

/** Where each party stands above or below the middle of its column. */
function heightsOf(layers: readonly (readonly Party[])[]): ReadonlyMap<string, number> {
  return new Map(
    layers.flatMap((layer) => layer.map(({ id }, row) => [id, row - (layer.length - 1) / 2] as const)),
  );
}
