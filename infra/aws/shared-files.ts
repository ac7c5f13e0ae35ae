import * as ec2 from "@pulumi/aws/ec2";
import * as efs from "@pulumi/aws/efs";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterStorage } from "../cluster/cluster";
import { workloadUser } from "../kit/workload-user";
import type { Network } from "./network";
import { policyDocument } from "./policy";
import { volumeTags } from "./volume-backups";

/** Arguments of {@link SharedFiles}. */
export interface SharedFilesArgs {
  readonly clusterName: string;
  readonly accountId: string;
  readonly region: string;
  /** Where the cluster's nodes are: they mount the files, not the pods. */
  readonly network: Pick<Network, "vpcId" | "zones">;
  /** Key that encrypts the files at rest. */
  readonly keyArn: pulumi.Input<string>;
  /** Whether the file system is protected from deletion. */
  readonly protectData: boolean;
}

const nfsPort = 2049;

/**
 * An EFS file system for volumes that pods on several nodes mount at the same time, which EBS does not
 * support. The driver makes an access point for each volume: a folder that is all its clients see, always as
 * one user. It contains nothing, and costs nothing, until a claim uses the class `shared`. (C9, D9)
 *
 * Deleting a claim deletes the access point but keeps its folder: to clear it, the driver would have to see
 * all folders.
 */
export class SharedFiles extends pulumi.ComponentResource {
  /** What makes the class `shared`. */
  readonly storage: NonNullable<ClusterStorage["shared"]>;

  constructor(name: string, args: SharedFilesArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:SharedFiles", name, {}, opts);
    const child = { parent: this };
    const { clusterName, network, protectData } = args;
    const kept = { protect: protectData, retainOnDelete: protectData };

    const files = new efs.FileSystem(
      `${name}-file-system`,
      {
        encrypted: true,
        kmsKeyId: args.keyArn,
        performanceMode: "generalPurpose",
        throughputMode: "elastic",
        lifecyclePolicies: [{ transitionToIa: "AFTER_30_DAYS" }],
        // The backups of volumes find it by their tags.
        tags: { Name: `${clusterName}-shared`, ...volumeTags(clusterName) },
      },
      { ...child, ...kept },
    );
    const policy = new efs.FileSystemPolicy(
      `${name}-policy`,
      { fileSystemId: files.id, policy: this.accessPolicy(args, files.arn) },
      { ...child, retainOnDelete: protectData },
    );
    this.createMountTargets(name, network, files, policy);

    this.storage = {
      provisioner: "efs.csi.aws.com",
      parameters: {
        provisioningMode: "efs-ap",
        fileSystemId: files.id,
        directoryPerms: "770",
        uid: String(workloadUser),
        gid: String(workloadUser),
      },
    };
    this.registerOutputs({ fileSystemId: files.id });
  }

  /** Nodes mount without an identity: through a mount target, by an access point, over TLS, and never as root. */
  private accessPolicy(
    { accountId, region }: SharedFilesArgs,
    fileSystemArn: pulumi.Input<string>,
  ): pulumi.Output<string> {
    return policyDocument([
      {
        Sid: "MountByAccessPoint",
        Principal: { AWS: "*" },
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Resource: fileSystemArn,
        Condition: {
          Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
          ArnLike: {
            "elasticfilesystem:AccessPointArn": `arn:aws:elasticfilesystem:${region}:${accountId}:access-point/*`,
          },
        },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "*",
        Resource: fileSystemArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  }

  /** One in each zone, so that no node mounts across zones, and none before the policy that guards the files. */
  private createMountTargets(
    name: string,
    { vpcId, zones }: SharedFilesArgs["network"],
    files: efs.FileSystem,
    policy: efs.FileSystemPolicy,
  ): void {
    const child = { parent: this };
    const access = new ec2.SecurityGroup(
      `${name}-access`,
      { vpcId, description: "NFS from the nodes to shared files", tags: { Name: `${name}-access` } },
      child,
    );
    for (const { zone, privateSubnet } of zones) {
      new vpc.SecurityGroupIngressRule(
        `${name}-nfs-${zone}`,
        {
          securityGroupId: access.id,
          description: `NFS from the nodes in ${zone}`,
          cidrIpv4: privateSubnet.cidrBlock,
          ipProtocol: "tcp",
          fromPort: nfsPort,
          toPort: nfsPort,
        },
        child,
      );
      new efs.MountTarget(
        `${name}-${zone}`,
        { fileSystemId: files.id, subnetId: privateSubnet.id, securityGroups: [access.id] },
        { ...child, dependsOn: [policy] },
      );
    }
  }
}
