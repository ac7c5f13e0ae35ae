import { privateAddresses } from "../aws/address-plan";
import { splitPool } from "../aws/pool-split";
import { eksAmiTypes, eksVersions } from "../facts/aws-eks";
import { type AwsInstanceType, awsInstanceTypes } from "../facts/aws-instance-types";
import { type AwsRegion, awsRegions } from "../facts/aws-regions";
import type { AwsConfig, AwsNodePoolConfig } from "./aws";
import { overlaps, parseCidr } from "./cidr";
import type { KeyPath } from "./fault";

/** What is wrong at a key of the `aws` section, though each value by itself is well-formed. */
export interface Problem {
  readonly path: KeyPath;
  readonly message: string;
}

/** Labels that the program derives, with the values that it gives them. */
const derivedLabels = { lifecycle: ["on-demand", "spot"], accelerator: ["nvidia-gpu"] } as const;

/** Bucket names end in one of these; the longest decides how long a prefix may be. */
export const bucketSuffixes = ["models", "backups", "data", "access-logs", "assets"] as const;

/** Marks the copy of a bucket in the replica region. */
export const replicaSuffix = "replica";

/** Everything in the section that contradicts something else in it, or that AWS would refuse. */
export function awsProblems(config: AwsConfig): readonly Problem[] {
  return [
    ...networkProblems(config),
    ...clusterProblems(config),
    ...Object.entries(config.nodePools).flatMap(([name, pool]) =>
      poolProblems(pool, config).map(({ path, message }) => ({
        path: ["nodePools", name, ...path],
        message,
      })),
    ),
    ...poolSetProblems(config),
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
  const choice = supported.length === 0 ? "none in infra/facts/aws-eks.ts; add one" : supported.join(", ");
  return `EKS ended standard support of Kubernetes ${version} on ${ended}; supported: ${choice}`;
}

function networkProblems(config: AwsConfig): Problem[] {
  return [...zoneProblems(config), ...replicaProblems(config), ...addressProblems(config)];
}

function zoneProblems({ region, network }: AwsConfig): Problem[] {
  const { zones, zonesWithoutEks }: AwsRegion = awsRegions[region];
  const choice = zones.filter((zone) => !zonesWithoutEks.includes(zone)).join(", ");
  return network.zones.flatMap((zone, index) => {
    const path = ["network", "zones", index];
    if (!zones.includes(zone)) {
      return [{ path, message: `${zone} is not a zone of ${region}; choose three of ${choice}` }];
    }
    if (zonesWithoutEks.includes(zone)) {
      return [{ path, message: `EKS has no control plane in ${zone}; choose three of ${choice}` }];
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

function poolProblems(pool: AwsNodePoolConfig, { network }: AwsConfig): Problem[] {
  return [
    ...sizeProblems(pool),
    ...typeProblems(pool),
    ...imageProblems(pool),
    ...labelProblems(pool),
    ...(pool.zones ?? []).flatMap((zone, index) =>
      network.zones.includes(zone)
        ? []
        : [
            {
              path: ["zones", index],
              message: `${zone} is not among network.zones: ${network.zones.join(", ")}`,
            },
          ],
    ),
  ];
}

function sizeProblems(pool: AwsNodePoolConfig): Problem[] {
  const { minimum, desired, maximum, onDemandPercent } = pool;
  if (minimum > maximum) {
    return [
      {
        path: ["minimum"],
        message: `the minimum of ${minimum} nodes is more than the maximum of ${maximum}; minimum <= desired <= maximum, for example 3, 3, 20`,
      },
    ];
  }
  if (desired < minimum || desired > maximum) {
    return [
      {
        path: ["desired"],
        message: `${desired} nodes are not between the minimum of ${minimum} and the maximum of ${maximum}`,
      },
    ];
  }
  const { spot } = splitPool(pool, onDemandPercent);
  if (onDemandPercent < 100 && spot.maximum === 0) {
    return [
      {
        path: ["maximum"],
        message: `of ${maximum} nodes ${onDemandPercent} % on-demand, rounded up, leaves none for spot; raise the maximum, or set onDemandPercent to 100`,
      },
    ];
  }
  return [];
}

function typeProblems({ instanceTypes, onDemandPercent }: AwsNodePoolConfig): Problem[] {
  const problems: Problem[] = [];
  const [first, ...others] = instanceTypes;
  if (first === undefined) return problems;
  const model: AwsInstanceType = awsInstanceTypes[first];
  others.forEach((name, index) => {
    const path = ["instanceTypes", index + 1];
    const type: AwsInstanceType = awsInstanceTypes[name];
    if (instanceTypes.indexOf(name) !== index + 1) {
      problems.push({ path, message: `${name} is there twice` });
    } else if (type.architecture !== model.architecture) {
      problems.push({
        path,
        message: `${name} is ${type.architecture}, ${first} is ${model.architecture}; one image cannot run on both: make two pools`,
      });
    } else if (describeSize(type) !== describeSize(model)) {
      problems.push({
        path,
        message: `${name} has ${describeSize(type)}, ${first} has ${describeSize(model)}; the autoscaler plans with one size for a pool`,
      });
    }
  });
  if (onDemandPercent < 100 && others.length === 0) {
    problems.push({
      path: ["instanceTypes"],
      message: `spot nodes of ${first} alone vanish together when AWS runs short of it; name at least two types of one size, for example t3a.xlarge, t3.xlarge, t2.xlarge`,
    });
  }
  return problems;
}

function describeSize({ vcpu, memoryGiB, gpu }: AwsInstanceType): string {
  const cards = gpu === undefined ? "no GPU" : `${gpu.count} x ${gpu.model}`;
  return `${vcpu} vCPU, ${memoryGiB} GiB and ${cards}`;
}

function imageProblems({ instanceTypes: [first], amiType }: AwsNodePoolConfig): Problem[] {
  if (first === undefined || amiType === undefined) return [];
  const type: AwsInstanceType = awsInstanceTypes[first];
  const image = eksAmiTypes[amiType];
  const fitting = Object.entries(eksAmiTypes)
    .filter(
      ([, each]) => each.architecture === type.architecture && each.nvidiaDriver === (type.gpu !== undefined),
    )
    .map(([name]) => name);
  const path = ["amiType"];
  const choice = `${fitting.join(" or ")} would do`;
  if (image.architecture !== type.architecture) {
    return [
      {
        path,
        message: `${amiType} is for ${image.architecture}, ${first} is ${type.architecture}; ${choice}`,
      },
    ];
  }
  if (type.gpu !== undefined && !image.nvidiaDriver) {
    return [
      { path, message: `${amiType} has no NVIDIA driver for the ${type.gpu.model} of ${first}; ${choice}` },
    ];
  }
  if (type.gpu === undefined && image.nvidiaDriver) {
    return [{ path, message: `${amiType} is for GPUs, and ${first} has none; ${choice}` }];
  }
  return [];
}

function labelProblems({ labels, onDemandPercent, instanceTypes: [first] }: AwsNodePoolConfig): Problem[] {
  const problems: Problem[] = [];
  const lifecycle = onDemandPercent === 0 ? "spot" : onDemandPercent === 100 ? "on-demand" : undefined;
  if (labels.lifecycle !== undefined && labels.lifecycle !== lifecycle) {
    problems.push({
      path: ["labels", "lifecycle"],
      message: `${labels.lifecycle} contradicts onDemandPercent ${onDemandPercent}; leave the label out: the program sets ${derivedLabels.lifecycle.join(" or ")}`,
    });
  }
  const gpu = first !== undefined && "gpu" in awsInstanceTypes[first];
  const accelerator = gpu ? derivedLabels.accelerator[0] : undefined;
  if (labels.accelerator !== undefined && labels.accelerator !== accelerator) {
    problems.push({
      path: ["labels", "accelerator"],
      message: `${labels.accelerator} is not what ${first} has; leave the label out: the program sets nvidia-gpu where there are GPUs`,
    });
  }
  return problems;
}

/** Groups of node pools are named after them, so a pool must not be named like a part of another. */
function poolSetProblems({ nodePools }: AwsConfig): Problem[] {
  const problems: Problem[] = [];
  const pools = Object.entries(nodePools);
  const open = pools.filter(
    ([
      ,
      {
        onDemandPercent,
        taints,
        minimum,
        instanceTypes: [first],
      },
    ]) =>
      onDemandPercent > 0 &&
      minimum > 0 &&
      taints.length === 0 &&
      !(first !== undefined && "gpu" in awsInstanceTypes[first]),
  );
  if (open.length === 0) {
    problems.push({
      path: ["nodePools"],
      message:
        "no pool is there for CoreDNS and the controllers: at least one needs a minimum above 0, no taints, no GPUs, and an onDemandPercent above 0",
    });
  }
  for (const [name, { onDemandPercent }] of pools) {
    if (onDemandPercent === 0 || onDemandPercent === 100) continue;
    for (const half of [`${name}-on-demand`, `${name}-spot`].filter((each) =>
      Object.hasOwn(nodePools, each),
    )) {
      problems.push({
        path: ["nodePools", half],
        message: `the pool ${name} needs this name for one of its halves`,
      });
    }
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
      message: `a bucket's name has small letters, digits and single hyphens inside, and so has its prefix; ${JSON.stringify(prefix)} has not; for example atlas-ai`,
    });
  } else if (prefix.length > 63 - longest) {
    problems.push({
      path,
      message: `${prefix.length} characters are too many: S3 allows 63 in a name, and the longest of these ends in ${longest} more; at most ${63 - longest}, for example atlas-ai`,
    });
  } else if (/^(xn--|sthree-|amzn-s3-demo-)/.test(prefix)) {
    problems.push({
      path,
      message: `S3 keeps names that begin like ${prefix} to itself; for example atlas-ai`,
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
