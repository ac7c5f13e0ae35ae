import { isXen } from "../../facts/attach-limits";
import { eksAmiTypes } from "../../facts/aws-eks";
import { type AwsInstanceType, awsInstanceTypes } from "../../facts/aws-instance-types";
import { splitPool } from "../aws/pool-split";
import type { AwsNodePoolConfig } from "./aws-node-pool-schema";
import type { Problem } from "./problem";

type NodePools = Readonly<Record<string, AwsNodePoolConfig>>;

/** Labels that the program derives, with the values that it gives them. */
const derivedLabels = { lifecycle: ["on-demand", "spot"], accelerator: ["nvidia-gpu"] } as const;

/** Everything in the pools that contradicts something else, or that AWS or Kubernetes would refuse. */
export function nodePoolProblems(nodePools: NodePools, zones: readonly string[]): readonly Problem[] {
  return [
    ...Object.entries(nodePools).flatMap(([name, pool]) =>
      poolProblems(pool, zones).map(({ path, message }) => ({ path: ["nodePools", name, ...path], message })),
    ),
    ...poolSetProblems(nodePools),
  ];
}

function poolProblems(pool: AwsNodePoolConfig, zones: readonly string[]): Problem[] {
  return [
    ...sizeProblems(pool),
    ...typeProblems(pool),
    ...imageProblems(pool),
    ...labelProblems(pool),
    ...(pool.zones ?? []).flatMap((zone, index) =>
      zones.includes(zone)
        ? []
        : [
            {
              path: ["zones", index],
              message: `${zone} is not among network.zones: ${zones.join(", ")}`,
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
  instanceTypes.forEach((name, index) => {
    if (isXen(name)) {
      problems.push({
        path: ["instanceTypes", index],
        message: `${name} is of the older hypervisor, whose nodes join the cluster unreliably; take a newer type of its size, for example t3.xlarge for t2.xlarge`,
      });
    }
  });
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
      message: `spot nodes of ${first} alone vanish together when AWS runs short of it; name at least two types of one size, for example t3a.xlarge, t3.xlarge`,
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
function poolSetProblems(nodePools: NodePools): Problem[] {
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
