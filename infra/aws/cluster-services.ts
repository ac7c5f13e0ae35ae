import * as pulumi from "@pulumi/pulumi";
import type { EksVersionName } from "../../facts/aws-eks";
import { Addon, type AddonArgs } from "./addon";
import { volumeTags } from "./volume-backups";
import { PodRole } from "./workload-role";

export interface ClusterServicesArgs {
  readonly clusterName: string;
  readonly clusterArn: pulumi.Input<string>;
  readonly kubernetesVersion: EksVersionName;
}

/** The add-ons that run as pods, and so need nodes: names, the nodes' health, volumes, shared files and snapshots of volumes. (C9) */
export class ClusterServices extends pulumi.ComponentResource {
  constructor(name: string, args: ClusterServicesArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:ClusterServices", name, {}, opts);
    const child = { parent: this };
    const common = { clusterName: args.clusterName, kubernetesVersion: args.kubernetesVersion };

    new Addon(`${name}-coredns`, { ...common, addon: "coredns" }, child);
    // Without it a node with a broken card stays Ready, and EKS does not replace it.
    new Addon(`${name}-node-monitoring`, { ...common, addon: "eks-node-monitoring-agent" }, child);
    // The driver takes snapshots only if the controller's definitions exist when it starts.
    const snapshots = new Addon(
      `${name}-snapshot-controller`,
      { ...common, addon: "snapshot-controller" },
      child,
    );
    const driverRole = (
      driver: string,
      serviceAccount: string,
      policy: string,
    ): NonNullable<AddonArgs["podRole"]> => {
      const { arn } = new PodRole(
        `${name}-${driver}`,
        {
          clusterArn: args.clusterArn,
          namespace: "kube-system",
          serviceAccount,
          managedPolicyArns: [`arn:aws:iam::aws:policy/service-role/${policy}`],
        },
        child,
      );
      return { serviceAccount, arn };
    };
    new Addon(
      `${name}-ebs-csi`,
      {
        ...common,
        addon: "aws-ebs-csi-driver",
        configuration: { controller: { extraVolumeTags: volumeTags(args.clusterName) } },
        podRole: driverRole("ebs-csi", "ebs-csi-controller-sa", "AmazonEBSCSIDriverPolicy"),
      },
      { ...child, dependsOn: [snapshots] },
    );
    new Addon(
      `${name}-efs-csi`,
      {
        ...common,
        addon: "aws-efs-csi-driver",
        podRole: driverRole("efs-csi", "efs-csi-controller-sa", "AmazonEFSCSIDriverPolicy"),
      },
      child,
    );
    this.registerOutputs();
  }
}
