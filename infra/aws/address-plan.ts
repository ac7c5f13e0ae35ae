import { addressCount, type Cidr, partOf } from "../../primitives/cidr";

/** The networks of one zone. */
export interface ZoneNetworks {
  /** Nodes and pods: each pod takes an address of its own, so these are by far the largest. */
  readonly private: Cidr;
  /** NAT gateways and load balancers that face the internet. */
  readonly public: Cidr;
  /** The control plane's network interfaces and interface endpoints, out of reach of a pod's hunger for addresses. */
  readonly intra: Cidr;
}

/** Zones for which the plan has room. */
export const zonesInPlan = 3;

/** AWS keeps the first four addresses and the last of every subnet. */
const addressesKeptByAws = 5;

/**
 * Cuts a VPC's network up. Of its four quarters three are the zones' private networks; the last is cut into four
 * again: three public networks, and a rest whose four parts hold the intra networks. A /16 gives each zone a private
 * /18 (16,379 addresses), a public /20 and an intra /22; the smallest VPC, a /20, gives /22, /24 and /26.
 */
export function planZone(vpc: Cidr, zoneIndex: number): ZoneNetworks {
  const lastQuarter = partOf(vpc, 2, 3);
  return {
    private: partOf(vpc, 2, zoneIndex),
    public: partOf(lastQuarter, 2, zoneIndex),
    intra: partOf(partOf(lastQuarter, 2, 3), 2, zoneIndex),
  };
}

/** Addresses for nodes and pods in the whole VPC. */
export function privateAddresses(vpc: Cidr): number {
  return zonesInPlan * (addressCount(planZone(vpc, 0).private.prefix) - addressesKeptByAws);
}
