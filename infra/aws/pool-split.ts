/** How many nodes a pool has at least, at first, and at most. */
export interface PoolSize {
  readonly minimum: number;
  readonly desired: number;
  readonly maximum: number;
}

/** A pool's sizes, split by how its nodes are bought. */
export interface PoolSplit {
  readonly onDemand: PoolSize;
  readonly spot: PoolSize;
}

/**
 * Splits a pool that is part on-demand, part spot (C4: 20 % and 80 %), because a managed node group is all of one or
 * all of the other. The on-demand share is rounded up at each size, so that the base never falls short of its
 * percentage: 20 % of 3 is 1 on-demand and 2 spot, 20 % of 20 is 4 and 16. Between the bounds the autoscaler's
 * expander decides which of the two grows.
 */
export function splitPool({ minimum, desired, maximum }: PoolSize, onDemandPercent: number): PoolSplit {
  // Whole numbers first: 0.07 * 100 is a little more than 7, and would be rounded up to 8.
  const base = (count: number): number => Math.ceil((count * onDemandPercent) / 100);
  const onDemand = { minimum: base(minimum), desired: base(desired), maximum: base(maximum) };
  return {
    onDemand,
    spot: {
      minimum: minimum - onDemand.minimum,
      desired: desired - onDemand.desired,
      maximum: maximum - onDemand.maximum,
    },
  };
}

/** A pool's sizes, split as evenly as they go over zones: 20 over 3 is 7, 7 and 6. Zones that would have no node are left out. */
export function splitOverZones(
  { minimum, desired, maximum }: PoolSize,
  zones: readonly string[],
): readonly { readonly zone: string; readonly size: PoolSize }[] {
  const share = (total: number, index: number): number =>
    Math.floor(total / zones.length) + (index < total % zones.length ? 1 : 0);
  return zones
    .map((zone, index) => ({
      zone,
      size: {
        minimum: share(minimum, index),
        desired: share(desired, index),
        maximum: share(maximum, index),
      },
    }))
    .filter(({ size }) => size.maximum > 0);
}
