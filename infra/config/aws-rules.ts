import { eksVersions } from "../../facts/aws-eks";
import { awsInstanceTypes } from "../../facts/aws-instance-types";
import { type AwsRegion, awsRegions } from "../../facts/aws-regions";
import { overlaps, parseCidr } from "../../primitives/cidr";
import { privateAddresses } from "../aws/address-plan";
import type { AwsConfig } from "./aws";
import type { AwsNodePoolConfig } from "./aws-node-pool-schema";
import { nodePoolProblems } from "./aws-node-pools";
import type { Problem } from "./problem";

/** Bucket names end in one of these; the longest decides how long a prefix may be. */
export const bucketSuffixes = ["models", "backups", "data", "access-logs", "assets"] as const;

/** Marks the copy of a bucket in the replica region. */
export const replicaSuffix = "replica";

/** Everything in the section that contradicts something else in it, or that AWS would refuse. */
export function awsProblems(config: AwsConfig): readonly Problem[] {
  return [
    ...networkProblems(config),
    ...clusterProblems(config),
    ...nodePoolProblems(config.nodePools, config.network.zones),
    ...bucketProblems(config),
    ...edgeProblems(config),
  ];
}

/**
 * Why a Kubernetes version must not be used on a day; undefined when it may be. Past its standard support AWS would
 * upgrade the cluster by force, because its upgrade policy is STANDARD.
 */
export function eksVersionProblem(version: AwsConfig["cluster"]["version"], today: Date): string | undefined {
  const day = today.toISOString().slice(0, 10);
  const ended = eksVersions[version].standardSupportEnds;
  if (day < ended) return undefined;
  const supported = Object.entries(eksVersions)
    .filter(([, { standardSupportEnds }]) => day < standardSupportEnds)
    .map(([name, { standardSupportEnds }]) => `"${name}" until ${standardSupportEnds}`);
  const choice = supported.length === 0 ? "none in facts/aws-eks.ts; add one" : supported.join(", ");
  return `EKS ended standard support of Kubernetes ${version} on ${ended}; supported: ${choice}`;
}

function networkProblems(config: AwsConfig): Problem[] {
  return [...zoneProblems(config), ...replicaProblems(config), ...addressProblems(config)];
}

function zoneProblems({ region, network }: AwsConfig): Problem[] {
  const { zones }: AwsRegion = awsRegions[region];
  const choice = zones.join(", ");
  return network.zones.flatMap((zone, index) => {
    const path = ["network", "zones", index];
    if (!zones.includes(zone)) {
      return [{ path, message: `${zone} is not a zone of ${region}; choose three of ${choice}` }];
    }
    return network.zones.indexOf(zone) === index
      ? []
      : [{ path, message: `${zone} is there twice; choose three of ${choice}` }];
  });
}

function replicaProblems({ region, replicaRegion, buckets, volumeBackups }: AwsConfig): Problem[] {
  const copies = buckets.replicate || volumeBackups?.copyToReplicaRegion === true;
  if (region !== replicaRegion || !copies) return [];
  return [
    {
      path: ["replicaRegion"],
      message: `copies in ${region} would be lost together with ${region}; name another region, for example us-west-2`,
    },
  ];
}

function addressProblems({ network, nodePools }: AwsConfig): Problem[] {
  const path = ["network", "cidr"];
  const vpc = parseCidr(network.cidr);
  if (vpc === undefined) return [];
  if (vpc.prefix < 16 || vpc.prefix > 20) {
    return [
      {
        path,
        message: `a /${vpc.prefix} does not suit the address plan: from /16, AWS's largest, to /20; for example 10.20.0.0/16`,
      },
    ];
  }
  const needed = Object.values(nodePools).reduce((sum, pool) => sum + addressesOf(pool), 0);
  const held = privateAddresses(vpc);
  if (needed <= held) return [];
  return [
    {
      path,
      message: `the pools at their maximum take up to ${needed} addresses, the private subnets of ${network.cidr} hold ${held}; use a larger network, for example 10.20.0.0/16, or smaller pools`,
    },
  ];
}

/** Addresses that a pool's nodes take at most, when every interface of every node is attached. */
function addressesOf(pool: AwsNodePoolConfig): number {
  const perNode = pool.instanceTypes.map((name) => {
    const { interfaces, addresses } = awsInstanceTypes[name];
    return interfaces * addresses;
  });
  return pool.maximum * Math.max(...perNode);
}

function clusterProblems({ accountId, network, cluster }: AwsConfig): Problem[] {
  const problems: Problem[] = [];
  cluster.publicAccessCidrs.forEach((text, index) => {
    if (parseCidr(text)?.prefix === 0) {
      problems.push({
        path: ["cluster", "publicAccessCidrs", index],
        message: `${text} opens the API server to the whole internet; name the networks of your offices and CI, for example 203.0.113.0/24, or leave the list empty`,
      });
    }
  });
  cluster.administrators.forEach((arn, index) => {
    if (!arn.startsWith(`arn:aws:iam::${accountId}:`)) {
      problems.push({
        path: ["cluster", "administrators", index],
        message: `${arn} is of another account than ${accountId}; an access entry needs a principal of the cluster's own account`,
      });
    }
  });
  const vpc = parseCidr(network.cidr);
  const services = parseCidr(cluster.serviceCidr);
  if (services === undefined) return problems;
  if (services.prefix < 12 || services.prefix > 24) {
    problems.push({
      path: ["cluster", "serviceCidr"],
      message: `${cluster.serviceCidr} is not a network from /12 to /24, for example 172.20.0.0/16`,
    });
  } else if (vpc !== undefined && overlaps(vpc, services)) {
    problems.push({
      path: ["cluster", "serviceCidr"],
      message: `${cluster.serviceCidr} overlaps network.cidr ${network.cidr}; choose apart, for example 172.20.0.0/16`,
    });
  }
  return problems;
}

function bucketProblems({ buckets }: AwsConfig): Problem[] {
  const { prefix, warmAfterDays, coldAfterDays } = buckets;
  const problems: Problem[] = [];
  const longest = Math.max(...bucketSuffixes.map((suffix) => `-${suffix}-${replicaSuffix}`.length));
  const path = ["buckets", "prefix"];
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(prefix)) {
    problems.push({
      path,
      message: `a bucket's name has small letters, digits and single hyphens inside, and so has its prefix; ${JSON.stringify(prefix)} has not; for example shop-ai`,
    });
  } else if (prefix.length > 63 - longest) {
    problems.push({
      path,
      message: `${prefix.length} characters are too many: S3 allows 63 in a name, and the longest of these ends in ${longest} more; at most ${63 - longest}, for example shop-ai`,
    });
  } else if (/^(xn--|sthree-|amzn-s3-demo-)/.test(prefix)) {
    problems.push({
      path,
      message: `S3 keeps names that begin like ${prefix} to itself; for example shop-ai`,
    });
  }
  if (coldAfterDays < warmAfterDays + 30) {
    problems.push({
      path: ["buckets", "coldAfterDays"],
      message: `S3 keeps an object at least 30 days in the warm tier: after ${warmAfterDays} days warm, cold is at the earliest after ${warmAfterDays + 30}, not ${coldAfterDays}`,
    });
  }
  return problems;
}

function edgeProblems({ dns, edge }: AwsConfig): Problem[] {
  if (edge === undefined) return [];
  if (dns === undefined) {
    return [
      {
        path: ["edge"],
        message: `${edge.hostName} needs a certificate, and that a record in dns.zone; configure dns, or leave edge out`,
      },
    ];
  }
  const inZone = (name: string): boolean => name === dns.zone || name.endsWith(`.${dns.zone}`);
  return inZone(edge.hostName)
    ? []
    : [
        {
          path: ["edge", "hostName"],
          message: `${edge.hostName} is not in dns.zone ${dns.zone}; for example cdn.${dns.zone}`,
        },
      ];
}
