import * as pulumi from "@pulumi/pulumi";
import type { EksVersionName } from "../facts/aws-eks";
import { Addon } from "./addon";
import { volumeTags } from "./volume-backups";
import { PodRole } from "./workload-role";

export interface ClusterServicesArgs {
  readonly clusterName: string;
  readonly clusterArn: pulumi.Input<string>;
  readonly kubernetesVersion: EksVersionName;
}

/** The add-ons that run as pods, and so need nodes: names, volumes and snapshots of volumes. (C9) */
export class ClusterServices extends pulumi.ComponentResource {
  constructor(name: string, args: ClusterServicesArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:ClusterServices", name, {}, opts);
    const child = { parent: this };
    const common = { clusterName: args.clusterName, kubernetesVersion: args.kubernetesVersion };

    new Addon(`${name}-coredns`, { ...common, addon: "coredns" }, child);
    // The driver takes snapshots only where the controller's definitions were there before it.
    const snapshots = new Addon(
      `${name}-snapshot-controller`,
      { ...common, addon: "snapshot-controller" },
      child,
    );
    const serviceAccount = "ebs-csi-controller-sa";
    const driverRole = new PodRole(
      `${name}-ebs-csi`,
      {
        clusterArn: args.clusterArn,
        namespace: "kube-system",
        serviceAccount,
        managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"],
      },
      child,
    );
    new Addon(
      `${name}-ebs-csi`,
      {
        ...common,
        addon: "aws-ebs-csi-driver",
        configuration: { controller: { extraVolumeTags: volumeTags(args.clusterName) } },
        podRole: { serviceAccount, arn: driverRole.arn },
      },
      { ...child, dependsOn: [snapshots] },
    );
    this.registerOutputs();
  }
}
