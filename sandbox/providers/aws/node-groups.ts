import { eksAmiTypes } from "../../../facts/aws-eks";
import { findAwsInstanceType } from "../../../facts/aws-instance-types";
import { nodeResources } from "../../../facts/aws-node-resources";
import { CloudError } from "../../clouds/errors";
import { between, matches, oneOf, ordered } from "../../clouds/rules";
import type { CloudRecord } from "../../clouds/store";
import { failure, holds, type Request, type ResourceTable, type Rule, refers } from "../../clouds/table";
import { leaves, number, objects, text, textMap, texts } from "../../clouds/values";
import type { NodePoolSpec, NodeShape, Taint } from "../../cluster/types";
import type { Values } from "../standin";
import { knownInstanceTypes, largestVolume } from "./compute";
import { derivedUuid, regionalArn } from "./names";
import { quotas, vcpuBucket, vcpuQuotas } from "./quotas";
import { zonesOf } from "./same-vpc";
import { tokens } from "./tokens";

/** GiB of a node's disk when neither the group nor its launch template says otherwise. */
const defaultDiskGiB = 20;
const defaultInstanceType = "t3.medium";

const taintEffects: Readonly<Record<string, Taint["effect"]>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** The product names that NVIDIA's device plugin labels nodes with. */
const gpuProducts = { T4: "Tesla-T4", A10G: "NVIDIA-A10G", L4: "NVIDIA-L4" } as const;

/** The image runs on the instances, and brings the driver where they have GPUs. */
const imageFits: Rule = (inputs) => {
  const images: Readonly<Record<string, (typeof eksAmiTypes)[keyof typeof eksAmiTypes]>> = eksAmiTypes;
  const image = images[text(inputs, "amiType") ?? ""];
  if (!image) return [];
  return texts(inputs, "instanceTypes").flatMap((name) => {
    const type = findAwsInstanceType(name);
    if (!type || type.architecture === image.architecture) return [];
    const reason = `InvalidParameterException: ${name} is ${type.architecture}, ${text(inputs, "amiType")} is ${image.architecture}`;
    return [failure("amiType", reason)];
  });
};

/** One node group's launch template, if it names one. */
async function launchTemplate({ inputs, neighbours }: Request): Promise<CloudRecord | undefined> {
  const name = text(inputs, "launchTemplate.id") ?? text(inputs, "launchTemplate.name");
  return name === undefined ? undefined : neighbours.find(tokens.launchTemplate, name);
}

async function instanceTypes(request: Request): Promise<readonly string[]> {
  const own = texts(request.inputs, "instanceTypes");
  const template = await launchTemplate(request);
  const fromTemplate = template ? texts(template.inputs, "instanceType") : [];
  if (own.length > 0 && fromTemplate.length > 0) {
    throw new CloudError(
      "InvalidParameterException",
      "instance types are given in the node group and in its launch template",
    );
  }
  const types = [...own, ...fromTemplate];
  return types.length > 0 ? types : [defaultInstanceType];
}

async function admitNodeGroup(request: Request): Promise<void> {
  const { inputs, neighbours } = request;
  const cluster = await neighbours.find(tokens.cluster, text(inputs, "clusterName") ?? "");
  const template = await launchTemplate(request);
  if (template) {
    const version = leaves(inputs, "launchTemplate.version")[0];
    const latest = number(template.computed, "latestVersion") ?? 1;
    const known = ["$Latest", "$Default"].includes(String(version)) || Number(version) <= latest;
    if (!known) {
      throw new CloudError(
        "InvalidLaunchTemplateId.VersionNotFound",
        `${template.id} has no version ${String(version)}; the latest is ${latest}`,
      );
    }
    if (number(inputs, "diskSize") !== undefined) {
      throw new CloudError(
        "InvalidParameterException",
        "disk size must be specified within the launch template",
      );
    }
  }
  const clusterVpc = cluster ? text(cluster.computed, "vpcConfig.vpcId") : undefined;
  for (const id of texts(inputs, "subnetIds")) {
    const subnet = await neighbours.find(tokens.subnet, id);
    if (!subnet || subnet.inputs.vpcId === clusterVpc) continue;
    throw new CloudError(
      "InvalidParameterException",
      `subnet ${id} is not in the cluster's VPC ${clusterVpc}`,
    );
  }
  await admitVcpus(request);
}

/** All node groups of the region together stay within the account's vCPU quotas. */
async function admitVcpus(request: Request): Promise<void> {
  const { inputs, id, neighbours } = request;
  const types = await instanceTypes(request);
  const bucket = vcpuBucket(types[0] ?? "");
  const capacity = capacityType(inputs);
  const limit = vcpuQuotas[bucket][capacity === "SPOT" ? "spot" : "onDemand"];
  const others = (await neighbours.list(tokens.nodeGroup)).filter(
    (group) =>
      group.id !== id &&
      capacityType(group.inputs) === capacity &&
      vcpuBucket(texts(group.inputs, "instanceTypes")[0] ?? "") === bucket,
  );
  const used = others.reduce(
    (sum, group) =>
      sum +
      vcpus(texts(group.inputs, "instanceTypes"), number(group.inputs, "scalingConfig.desiredSize") ?? 0),
    0,
  );
  const wanted = vcpus(types, number(inputs, "scalingConfig.desiredSize") ?? 0);
  if (used + wanted <= limit) return;
  throw new CloudError(
    "VcpuLimitExceeded",
    `you have requested more vCPU capacity than your current vCPU limit of ${limit} allows for the ${bucket} ` +
      `${capacity} instances: ${used} are in use, ${wanted} are asked for`,
  );
}

function vcpus(types: readonly string[], nodes: number): number {
  const each = Math.max(0, ...types.map((name) => findAwsInstanceType(name)?.vcpu ?? 0));
  return each * nodes;
}

function capacityType(inputs: Values): string {
  return text(inputs, "capacityType") ?? "ON_DEMAND";
}

function nodeShape(instanceType: string, diskGiB: number): NodeShape {
  const type = findAwsInstanceType(instanceType);
  if (!type)
    throw new CloudError(
      "InvalidParameterException",
      `the sandbox does not know the instance type ${instanceType}`,
    );
  const gpuLabels: Readonly<Record<string, string>> = type.gpu
    ? {
        "nvidia.com/gpu.product": gpuProducts[type.gpu.model],
        "nvidia.com/gpu.count": String(type.gpu.count),
      }
    : {};
  return {
    instanceType,
    ...nodeResources(type, diskGiB),
    labels: { "kubernetes.io/arch": type.architecture === "arm64" ? "arm64" : "amd64", ...gpuLabels },
  };
}

async function nodePool(request: Request): Promise<NodePoolSpec> {
  const { inputs } = request;
  const template = await launchTemplate(request);
  const diskGiB = number(inputs, "diskSize") ?? largestVolume(template?.inputs ?? {}) ?? defaultDiskGiB;
  const name = text(inputs, "nodeGroupName") ?? "";
  return {
    name,
    count: number(inputs, "scalingConfig.desiredSize") ?? 0,
    zones: await zonesOf(request, texts(inputs, "subnetIds")),
    region: request.region,
    instanceTypes: (await instanceTypes(request)).map((type) => nodeShape(type, diskGiB)),
    labels: {
      ...textMap(inputs, "labels"),
      "eks.amazonaws.com/nodegroup": name,
      "eks.amazonaws.com/capacityType": capacityType(inputs),
    },
    taints: objects(inputs, "taints").map((taint) => ({
      key: text(taint, "key") ?? "",
      value: text(taint, "value") ?? "",
      effect: taintEffects[text(taint, "effect") ?? ""] ?? "NoSchedule",
    })),
  };
}

/** Managed node groups: kwok nodes with what their instance types truly offer. */
export const nodeGroup: ResourceTable = {
  label: "EKS node group",
  replaces: [
    "clusterName",
    "nodeGroupName",
    "nodeGroupNamePrefix",
    "nodeRoleArn",
    "subnetIds",
    "instanceTypes",
    "amiType",
    "capacityType",
    "diskSize",
    "remoteAccess",
    "launchTemplate.id",
    "launchTemplate.name",
  ],
  autoName: "nodeGroupName",
  notFound: "ResourceNotFoundException",
  alreadyExists: "ResourceInUseException",
  rules: [
    matches(
      "nodeGroupName",
      /^[0-9A-Za-z][A-Za-z0-9_-]{0,62}$/,
      "1 to 63 letters, digits, - and _, beginning with a letter or digit",
    ),
    oneOf("amiType", [...Object.keys(eksAmiTypes), "CUSTOM"]),
    oneOf("capacityType", ["ON_DEMAND", "SPOT"]),
    oneOf("taints.effect", Object.keys(taintEffects)),
    knownInstanceTypes("instanceTypes"),
    imageFits,
    ordered("scalingConfig", "minSize", "desiredSize", "maxSize"),
    between("scalingConfig.minSize", 0, quotas.nodesPerNodeGroup, "nodes"),
    between("scalingConfig.maxSize", 1, quotas.nodesPerNodeGroup, "nodes"),
  ],
  links: {
    clusterName: holds(tokens.cluster),
    nodeRoleArn: refers(tokens.role),
    subnetIds: holds(tokens.subnet),
    "launchTemplate.id": holds(tokens.launchTemplate),
    "launchTemplate.name": holds(tokens.launchTemplate),
    "remoteAccess.sourceSecurityGroupIds": holds(tokens.securityGroup),
  },
  quotas: [
    {
      limit: quotas.nodeGroupsPerCluster,
      code: "ResourceLimitExceededException",
      of: "managed node groups per cluster",
      per: "clusterName",
    },
  ],
  identify: (inputs) => `${text(inputs, "clusterName")}:${text(inputs, "nodeGroupName")}`,
  admit: admitNodeGroup,
  provision: async (request) => {
    const pool = await nodePool(request);
    request.log(`waits until ${pool.count} nodes of ${pool.name} are ready`);
    await request.clusters.applyNodePool(
      { cloud: "aws", name: text(request.inputs, "clusterName") ?? "" },
      pool,
    );
    return {};
  },
  release: async ({ clusters, record }) => {
    const identity = { cloud: "aws", name: text(record.inputs, "clusterName") ?? "" } as const;
    if (await clusters.find(identity)) {
      await clusters.removeNodePool(identity, text(record.inputs, "nodeGroupName") ?? "");
    }
  },
  compute: (request) => {
    const { inputs, id } = request;
    const name = text(inputs, "nodeGroupName");
    const uuid = derivedUuid(id);
    return {
      ...regionalArn("eks", () => `nodegroup/${text(inputs, "clusterName")}/${name}/${uuid}`)(request),
      amiType: text(inputs, "amiType") ?? "AL2023_x86_64_STANDARD",
      capacityType: capacityType(inputs),
      diskSize: number(inputs, "diskSize") ?? (inputs.launchTemplate === undefined ? defaultDiskGiB : 0),
      ...(inputs.instanceTypes === undefined && inputs.launchTemplate === undefined
        ? { instanceTypes: [defaultInstanceType] }
        : {}),
      resources: [{ autoscalingGroups: [{ name: `eks-${name}-${uuid}` }], remoteAccessSecurityGroupId: "" }],
      status: "ACTIVE",
      updateConfig: inputs.updateConfig ?? { maxUnavailable: 1 },
    };
  },
};
