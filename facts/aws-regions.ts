export interface AwsRegion {
  /** Every zone of the region that opens to all accounts. Their letters are shuffled from account to account. */
  readonly zones: readonly string[];
}

/**
 * Regions that a stack may choose, with their zones. To use another, add its row.
 *
 * Where to check: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
export const awsRegions = {
  "ap-northeast-1": {
    zones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
  },
  "ap-southeast-1": { zones: ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"] },
  "eu-central-1": { zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] },
  "eu-west-1": { zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
  "eu-west-3": { zones: ["eu-west-3a", "eu-west-3b", "eu-west-3c"] },
  "us-east-1": {
    zones: ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"],
  },
  "us-east-2": { zones: ["us-east-2a", "us-east-2b", "us-east-2c"] },
  "us-west-2": { zones: ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"] },
} as const satisfies Record<string, AwsRegion>;

export type AwsRegionName = keyof typeof awsRegions;

/**
 * Zones, by their identifiers, in which EKS puts no control plane: a cluster's subnets must not be there. Which letter such a
 * zone has differs by account, so that only AWS can tell; `make preflight` asks.
 *
 * Where to check: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export const zoneIdsWithoutEks: readonly string[] = ["use1-az3", "usw1-az2", "cac1-az3"];
