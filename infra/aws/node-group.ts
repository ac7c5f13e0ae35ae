import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import { type EksAmiType, eksAmiTypes } from "../../facts/aws-eks";
import type { Taint } from "../cluster/cluster";
import type { NodeGroupPlan } from "./node-groups";

export interface NodeGroupArgs {
  readonly plan: NodeGroupPlan;
  readonly clusterName: pulumi.Input<string>;
  readonly kubernetesVersion: string;
  readonly nodeRoleArn: pulumi.Input<string>;
  /** Private subnets, one for each zone of the plan. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Tags of instances, volumes and network interfaces: the provider's default tags do not reach them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Taint effects as the EKS API spells them. */
const eksEffects = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const satisfies Record<Taint["effect"], string>;

/**
 * A managed node group, its nodes spread over the plan's zones. (C2, C3, C4, C6)
 *
 * Nodes have no public address, encrypted disks, and metadata by IMDSv2 only, one hop far: a pod cannot take on its
 * node's role. Disks are encrypted with the account's own EBS key: a key of the stack's would have to name Auto
 * Scaling's service-linked role, which a fresh account does not have yet. How many nodes there are is the autoscaler's
 * business once they exist. Spot nodes are chosen by EKS from the pools with the most spare capacity, at the better
 * price among those (`price-capacity-optimized`, which succeeds 000's `capacity-optimized` and cannot be chosen).
 */
export class NodeGroup extends pulumi.ComponentResource {
  readonly resource: eks.NodeGroup;

  constructor(name: string, args: NodeGroupArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:NodeGroup", name, {}, opts);
    const child = { parent: this };
    const { plan } = args;

    const nodeTags = { ...args.tags, Name: pulumi.interpolate`${args.clusterName}-${plan.name}` };
    const template = new ec2.LaunchTemplate(
      `${name}-template`,
      {
        updateDefaultVersion: true,
        blockDeviceMappings: encryptedDisks(eksAmiTypes[plan.amiType], plan.diskGiB),
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
          resourceType,
          tags: nodeTags,
        })),
      },
      child,
    );
    this.resource = new eks.NodeGroup(
      `${name}-group`,
      {
        clusterName: args.clusterName,
        nodeGroupName: plan.physicalName,
        nodeRoleArn: args.nodeRoleArn,
        version: args.kubernetesVersion,
        amiType: plan.amiType,
        capacityType: plan.capacity,
        instanceTypes: [...plan.instanceTypes],
        subnetIds: [...args.subnetIds],
        launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
        scalingConfig: {
          minSize: plan.size.minimum,
          desiredSize: plan.size.desired,
          maxSize: plan.size.maximum,
        },
        labels: { ...plan.labels },
        taints: plan.taints.map(({ key, value, effect }) => ({ key, value, effect: eksEffects[effect] })),
        updateConfig: { maxUnavailablePercentage: 33 },
        nodeRepairConfig: { enabled: true },
      },
      { ...child, ignoreChanges: ["scalingConfig.desiredSize"] },
    );
    if (plan.size.minimum === 0) this.describeToAutoscaler(name, plan);
    this.registerOutputs();
  }

  /**
   * From a group without nodes the autoscaler cannot tell what a node of it would be like: tags of the Auto Scaling
   * group say so. (EKS itself tags the group for the autoscaler to find.)
   */
  private describeToAutoscaler(name: string, { labels, taints, diskGiB, gpu }: NodeGroupPlan): void {
    const prefix = "k8s.io/cluster-autoscaler/node-template";
    const tags: Readonly<Record<string, string>> = {
      ...Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${prefix}/label/${key}`, value])),
      ...Object.fromEntries(
        taints.map(({ key, value, effect }) => [`${prefix}/taint/${key}`, `${value}:${effect}`]),
      ),
      [`${prefix}/resources/ephemeral-storage`]: `${diskGiB}Gi`,
      ...(gpu && { [`${prefix}/resources/nvidia.com/gpu`]: String(gpu.count) }),
    };
    const groupName = this.resource.resources.apply((resources) => {
      const found = resources[0]?.autoscalingGroups[0]?.name;
      if (found === undefined) throw new Error(`node group ${name} came without an Auto Scaling group`);
      return found;
    });
    for (const [key, value] of Object.entries(tags)) {
      new autoscaling.Tag(
        `${name}-${key.slice(prefix.length + 1)}`,
        { autoscalingGroupName: groupName, tag: { key, value, propagateAtLaunch: false } },
        { parent: this },
      );
    }
  }
}

function encryptedDisks(
  { rootDevice, dataDevice }: EksAmiType,
  diskGiB: number,
): { deviceName: string; ebs: Readonly<Record<string, string | number>> }[] {
  const encrypted = { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" };
  const sized = { ...encrypted, volumeSize: diskGiB };
  return dataDevice === undefined
    ? [{ deviceName: rootDevice, ebs: sized }]
    : [
        { deviceName: rootDevice, ebs: encrypted },
        { deviceName: dataDevice, ebs: sized },
      ];
}
