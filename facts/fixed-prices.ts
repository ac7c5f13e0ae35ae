/**
 * What the parts of a stack cost that do not depend on load: US dollars, us-east-1 for AWS, Linode's base price.
 * Machines have theirs in `aws-instance-types.ts` and `linode-plans.ts`.
 *
 * AWS: "AWS VPC and NAT Gateway Pricing", read from AWS' Pricing API as of 2025-10-01, and the rates that
 * computingforgeeks.com/aws-costs-explained checked against AWS' pages in April 2026. Linode: the answers of
 * `GET /v4/lke/types` and `/v4/volumes/types` that linode/linode_api4-python keeps for its tests. Read 2026-11-25.
 */
export const fixedPrices = {
  asOf: "2026-11-25",
  /** An hour of an EKS control plane in standard support. */
  eksControlPlaneHour: 0.1,
  natGatewayHour: 0.045,
  /** An hour of an interface endpoint in one zone. */
  interfaceEndpointHour: 0.01,
  /** An hour of a public IPv4 address, in use or not. */
  publicAddressHour: 0.005,
  /** A GiB of a gp3 volume, a month. */
  gp3GibMonth: 0.08,
  /** A highly available control plane of LKE, a month; others cost nothing. */
  lkeHighAvailabilityMonth: 60,
} as const;

/** Hours in a month, as clouds bill it. */
export const hoursPerMonth = 730;
