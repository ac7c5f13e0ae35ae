import { findAwsInstanceType, spotPriceShareEstimate } from "../../facts/aws-instance-types";
import { fixedPrices, hoursPerMonth } from "../../facts/fixed-prices";
import { linodePlan } from "../../facts/linode-plans";
import type { Pool } from "../pools";

/** US dollars a month for one node of a pool. */
export interface NodePrice {
  readonly usd: number;
  readonly onDemandUsd: number;
}

/** A node's price with its disk, as if the pool had each of its machines equally often; undefined where one has no price. */
export function priceOfNode(pool: Pool): NodePrice | undefined {
  const machines = pool.machines.flatMap(({ type }) => monthlyPrices[pool.cloud](type) ?? []);
  if (machines.length < pool.machines.length) {
    return undefined;
  }
  const machine = machines.reduce((sum, price) => sum + price, 0) / machines.length;
  const disk = pool.diskGib * fixedPrices.gp3GibMonth;
  return {
    usd: machine * (pool.spot ? spotPriceShareEstimate.share : 1) + disk,
    onDemandUsd: machine + disk,
  };
}

const monthlyPrices: Readonly<Record<Pool["cloud"], (type: string) => number | undefined>> = {
  aws: (type) => {
    const usdPerHour = findAwsInstanceType(type)?.usdPerHour;
    return usdPerHour && usdPerHour * hoursPerMonth;
  },
  linode: (type) => {
    const plan = linodePlan(type);
    return plan?.monthlyUsd ?? (plan?.hourlyUsd && plan.hourlyUsd * hoursPerMonth);
  },
};
