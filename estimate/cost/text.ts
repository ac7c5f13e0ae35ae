import { textTable } from "../../cli/table";
import { spotPriceShareEstimate } from "../../facts/aws-instance-types";
import { fixedPrices } from "../../facts/fixed-prices";
import { linodeDatabasePricesAsOf } from "../../facts/linode-database-prices";
import { linodePlansAsOf } from "../../facts/linode-plans";
import { type AtLevels, atLevels, levels } from "../levels";
import { type Cost, notCounted } from "./cost";
import { dollars } from "./money";

/** A stack's cost as people read it in the terminal. */
export function costText(cost: Cost): string {
  const row = (name: string, usd: AtLevels, more = ""): readonly string[] => [
    name,
    ...levels.map((level) => dollars(usd[level])),
    more,
  ];
  const heading = (name: string): readonly string[] => [name, ...levels, ""];
  const priced = [
    textTable([
      heading(`${cost.stack}, US dollars a month`),
      ...cost.pools.map(({ item, usd, nodes }) =>
        row(item, usd, `${levels.map((level) => nodes[level]).join(", ")} nodes`),
      ),
      ...cost.fixed.map(({ item, usd }) => row(item, usd)),
      row("in all", cost.total),
      row("saved by spot nodes", cost.spotSavings, "against the same nodes on demand"),
    ]),
    "",
    textTable([heading("by system"), ...cost.systems.map(({ item, usd }) => row(item, usd))]),
    ...unusedByPool(cost, heading, row),
  ];
  return [
    ...(cost.pools.length + cost.fixed.length > 0
      ? priced
      : [`${cost.stack}: nothing that it makes has a price`]),
    "",
    ...cost.unpriced.map((what) => `without a price, and not counted: ${what}`),
    `not counted: ${notCounted}`,
    priceSources,
  ].join("\n");
}

/** What of each pool no pod asks for, the most expensive first, with its share of the whole bill at the desired size. */
function unusedByPool(
  { pools, total }: Cost,
  heading: (name: string) => readonly string[],
  row: (name: string, usd: AtLevels, more?: string) => readonly string[],
): readonly string[] {
  if (pools.length === 0) return [];
  const unused = atLevels((level) => pools.reduce((sum, pool) => sum + pool.unused[level], 0));
  const share = (usd: number, of: number): string => `${of > 0 ? Math.round((100 * usd) / of) : 0} %`;
  return [
    "",
    textTable([
      heading("unused, by pool"),
      ...pools
        .toSorted((one, other) => other.unused.desired - one.unused.desired)
        .map((pool) =>
          row(
            pool.item,
            pool.unused,
            `${share(pool.unused.desired, pool.usd.desired)} of the pool at its desired size`,
          ),
        ),
      row("in all", unused, `${share(unused.desired, total.desired)} of the bill at its desired size`),
    ]),
  ];
}

/** Where the prices are from, in one line. */
export const priceSources =
  "prices: facts, AWS machines as of 2026-07-20 in us-east-1, " +
  `Linode as of ${linodePlansAsOf}, its databases as of ${linodeDatabasePricesAsOf}, others as of ${fixedPrices.asOf}; ` +
  `spot counted at ${Math.round(100 * spotPriceShareEstimate.share)} % of the on-demand price`;
