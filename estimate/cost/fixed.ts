import { z } from "zod";
import { fixedPrices, hoursPerMonth } from "../../facts/fixed-prices";
import { linodeDatabaseMonth } from "../../facts/linode-database-prices";
import type { Plan, PlannedResource } from "../../model/plan";
import { always } from "../levels";
import type { CostLine } from "./cost-line";

/** A fixed cost, and the system that asks for it. */
interface FixedCost extends CostLine {
  readonly system: string;
}

const anything = z.unknown();

/** What is paid for by the hour or month, at any load. */
export function fixedCosts(plan: Plan): {
  readonly lines: readonly FixedCost[];
  readonly unpriced: readonly string[];
} {
  const endpoints = plan
    .all(
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      z.object({
        vpcEndpointType: z.string().default("Gateway"),
        subnetIds: z.array(z.string()).default([]),
      }),
    )
    .filter(({ inputs }) => inputs.vpcEndpointType === "Interface");
  const lkeClusters = plan
    .all(
      "linode:index/lkeCluster:LkeCluster",
      z.object({ controlPlane: z.object({ highAvailability: z.boolean().default(false) }).optional() }),
    )
    .filter(({ inputs }) => inputs.controlPlane?.highAvailability === true);
  const databases = plan
    .all(
      "linode:index/databasePostgresqlV2:DatabasePostgresqlV2",
      z.object({ label: z.string(), type: z.string(), clusterSize: z.number().default(1) }),
    )
    .map((database) => ({
      ...database,
      usd: linodeDatabaseMonth(database.inputs.type, database.inputs.clusterSize),
    }));
  const lines = [
    each(
      "EKS control planes",
      plan.all("aws:eks/cluster:Cluster", anything),
      () => fixedPrices.eksControlPlaneHour * hoursPerMonth,
    ),
    each(
      "NAT gateways",
      plan.all("aws:ec2/natGateway:NatGateway", anything),
      () => fixedPrices.natGatewayHour * hoursPerMonth,
    ),
    each(
      "public addresses",
      plan.all("aws:ec2/eip:Eip", anything),
      () => fixedPrices.publicAddressHour * hoursPerMonth,
    ),
    each(
      "interface endpoints",
      endpoints,
      ({ inputs }) => inputs.subnetIds.length * fixedPrices.interfaceEndpointHour * hoursPerMonth,
    ),
    each("highly available LKE control planes", lkeClusters, () => fixedPrices.lkeHighAvailabilityMonth),
    each("managed PostgreSQL", databases, ({ usd = 0 }) => usd),
  ];
  return {
    lines: lines.filter(({ usd }) => usd.desired > 0),
    unpriced: databases
      .filter(({ usd }) => usd === undefined)
      .map(
        ({ inputs }) =>
          `managed PostgreSQL ${inputs.label}: ${inputs.clusterSize} x ${inputs.type}, at the prices of managed databases`,
      ),
  };
}

function each<Priced extends PlannedResource<unknown>>(
  item: string,
  resources: readonly Priced[],
  usd: (resource: Priced) => number,
): FixedCost {
  return {
    item,
    system: "platform",
    usd: always(resources.reduce((sum, resource) => sum + usd(resource), 0)),
  };
}
