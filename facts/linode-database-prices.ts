/**
 * What Linode's managed PostgreSQL costs a month: US dollars for all nodes of a cluster together, by the plan of its nodes and
 * their number. Linode does not sell two nodes of a shared plan.
 *
 * Source: the price list at https://www.linode.com/pricing/#databases-postgresql as it was on 2025-08-19. Base prices,
 * without the uplift of dearer regions.
 */
export const linodeDatabasePricesAsOf = "2025-08-19";

interface DatabasePrices {
  readonly 1: number;
  readonly 2?: number;
  readonly 3: number;
}

const linodeDatabasePrices: ReadonlyMap<string, DatabasePrices> = new Map([
  ["g6-nanode-1", { 1: 16, 3: 37 }],
  ["g6-standard-1", { 1: 32, 3: 74 }],
  ["g6-standard-2", { 1: 63, 3: 147 }],
  ["g6-standard-4", { 1: 126, 3: 294 }],
  ["g6-standard-6", { 1: 252, 3: 588 }],
  ["g6-standard-8", { 1: 504, 3: 1176 }],
  ["g6-dedicated-2", { 1: 68, 2: 143, 3: 206 }],
  ["g6-dedicated-4", { 1: 136, 2: 285, 3: 410 }],
  ["g6-dedicated-8", { 1: 273, 2: 590, 3: 819 }],
  ["g6-dedicated-16", { 1: 546, 2: 1168, 3: 1638 }],
  ["g6-dedicated-32", { 1: 1173, 2: 2365, 3: 3459 }],
]);

/** The month of a database cluster; undefined where the list has no price for it. */
export function linodeDatabaseMonth(plan: string, nodes: number): number | undefined {
  const prices = linodeDatabasePrices.get(plan);
  switch (nodes) {
    case 1:
    case 2:
    case 3:
      return prices?.[nodes];
    default:
      return undefined;
  }
}
