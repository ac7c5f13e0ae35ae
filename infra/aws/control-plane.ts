import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { AwsConfig } from "../config/aws";
import { Addon } from "./addon";
import { trustService } from "./policy";
import { PodRole } from "./workload-role";

/** Everything that the control plane can write down. */
export const controlPlaneLogs = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

export interface ControlPlaneArgs {
  readonly config: AwsConfig["cluster"];
  /** Subnets for the control plane's network interfaces, in at least two zones. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Key that encrypts Kubernetes Secrets and the control plane's logs. */
  readonly keyArn: pulumi.Input<string>;
  /** Whether AWS refuses to delete the cluster. */
  readonly protectData: boolean;
}

/**
 * An EKS control plane with the add-ons that nodes need to become Ready. (C2, C3, C6)
 *
 * The API server is always reachable inside the VPC, from outside only by `publicAccessCidrs`. Access is by
 * access entries only: no aws-auth ConfigMap, and no rights for the creator of the cluster. Secrets are
 * encrypted with the stack's own key, in etcd too. The version never changes by itself while AWS supports it.
 */
export class ControlPlane extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  /** CA certificate, PEM in base64. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** What has to be there before a node can join and be Ready. */
  readonly beforeNodes: readonly pulumi.Resource[];
  /** What has to be there before an administrator can use the API server. */
  readonly access: readonly pulumi.Resource[];

  constructor(name: string, args: ControlPlaneArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:ControlPlane", name, {}, opts);
    const child = { parent: this };
    const { config } = args;

    const role = new iam.Role(`${name}-role`, { assumeRolePolicy: trustService("eks.amazonaws.com") }, child);
    const permissions = new iam.RolePolicyAttachment(
      `${name}-permissions`,
      { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" },
      child,
    );
    // EKS would make this log group itself, to be kept for ever and unencrypted.
    const logGroup = new cloudwatch.LogGroup(
      `${name}-logs`,
      {
        name: `/aws/eks/${config.name}/cluster`,
        retentionInDays: config.logRetentionDays,
        kmsKeyId: args.keyArn,
      },
      child,
    );
    const publicAccess = config.publicAccessCidrs.length > 0;
    const cluster = new eks.Cluster(
      `${name}-cluster`,
      {
        name: config.name,
        version: config.version,
        roleArn: role.arn,
        upgradePolicy: { supportType: "STANDARD" },
        deletionProtection: args.protectData,
        bootstrapSelfManagedAddons: false,
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        enabledClusterLogTypes: [...controlPlaneLogs],
        encryptionConfig: { provider: { keyArn: args.keyArn }, resources: ["secrets"] },
        kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: config.serviceCidr },
        vpcConfig: {
          subnetIds: [...args.subnetIds],
          endpointPrivateAccess: true,
          endpointPublicAccess: publicAccess,
          ...(publicAccess && { publicAccessCidrs: config.publicAccessCidrs }),
        },
      },
      { ...child, dependsOn: [permissions, logGroup], protect: args.protectData },
    );

    this.name = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.apply(({ data }) => data);
    this.access = config.administrators.map((principalArn, index) =>
      this.createAdministrator(`${name}-administrator-${index}`, principalArn),
    );
    this.beforeNodes = this.createAddons(name, config.version);
    this.registerOutputs({ name: this.name, arn: this.arn, endpoint: this.endpoint });
  }

  private createAdministrator(name: string, principalArn: string): pulumi.Resource {
    const entry = new eks.AccessEntry(
      name,
      { clusterName: this.name, principalArn, type: "STANDARD" },
      { parent: this },
    );
    return new eks.AccessPolicyAssociation(
      name,
      {
        clusterName: this.name,
        principalArn,
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      },
      { parent: this, dependsOn: [entry] },
    );
  }

  private createAddons(name: string, kubernetesVersion: AwsConfig["cluster"]["version"]): Addon[] {
    const child = { parent: this };
    const common = { clusterName: this.name, kubernetesVersion };
    const networkRole = new PodRole(
      `${name}-vpc-cni`,
      {
        clusterArn: this.arn,
        namespace: "kube-system",
        serviceAccount: "aws-node",
        managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
      },
      child,
    );
    const podIdentity = new Addon(
      `${name}-eks-pod-identity-agent`,
      { ...common, addon: "eks-pod-identity-agent" },
      child,
    );
    return [
      podIdentity,
      new Addon(`${name}-kube-proxy`, { ...common, addon: "kube-proxy" }, child),
      new Addon(
        `${name}-vpc-cni`,
        {
          ...common,
          addon: "vpc-cni",
          configuration: { enableNetworkPolicy: "true" },
          podRole: { serviceAccount: "aws-node", arn: networkRole.arn },
        },
        { ...child, dependsOn: [podIdentity] },
      ),
    ];
  }
}
