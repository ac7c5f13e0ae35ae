import { z } from "zod";
import { mapAt } from "../../model/facts/read";
import type { Plan } from "../../model/plan";

/** Something that AWS does in a role, or pods of an add-on. */
export interface Use {
  /** The resource that names the role. */
  readonly of: string;
  readonly roleArn: string | undefined;
  /** The service that assumes it. */
  readonly service: string;
  /** Policies that AWS maintains for it, by the end of their ARNs: one of each list. */
  readonly policies: readonly (readonly string[])[];
  readonly source: string;
}

const arn = z.string().optional();

/** Add-ons whose pods call AWS, and the policies for that. */
const addonPolicies: Readonly<Record<string, readonly string[]>> = {
  "vpc-cni": ["AmazonEKS_CNI_Policy"],
  "aws-ebs-csi-driver": [
    "AmazonEBSCSIDriverPolicy",
    "AmazonEBSCSIDriverPolicyV2",
    "AmazonEBSCSIDriverEKSClusterScopedPolicy",
  ],
  "aws-efs-csi-driver": ["AmazonEFSCSIDriverPolicy"],
};

/** Every use that a plan makes of a role, beside those of its own pods. */
export function usesOf(plan: Plan): readonly Use[] {
  return [...clusters(plan), ...addons(plan), ...backups(plan), ...logs(plan)];
}

function clusters(plan: Plan): readonly Use[] {
  return [
    ...plan.all("aws:eks/cluster:Cluster", z.object({ roleArn: arn })).map(({ name, inputs }) => ({
      of: name,
      roleArn: inputs.roleArn,
      service: "eks.amazonaws.com",
      policies: [["AmazonEKSClusterPolicy"]],
      source: "EKS user guide, cluster IAM role",
    })),
    ...plan.all("aws:eks/nodeGroup:NodeGroup", z.object({ nodeRoleArn: arn })).map(({ name, inputs }) => ({
      of: name,
      roleArn: inputs.nodeRoleArn,
      service: "ec2.amazonaws.com",
      policies: [],
      source: "EKS user guide, node IAM role",
    })),
  ];
}

function addons(plan: Plan): readonly Use[] {
  const addon = z.object({
    addonName: z.string(),
    podIdentityAssociations: z.array(z.object({ roleArn: z.string() })).default([]),
  });
  return plan.all("aws:eks/addon:Addon", addon).flatMap(({ name, inputs }) => {
    const policies = addonPolicies[inputs.addonName];
    return policies === undefined
      ? []
      : [
          {
            of: name,
            roleArn: inputs.podIdentityAssociations[0]?.roleArn,
            service: "pods.eks.amazonaws.com",
            policies: [policies],
            source: `EKS user guide, add-ons: IAM permissions of ${inputs.addonName}`,
          },
        ];
  });
}

/** What a role needs to back resources up and to bring them back, by a part of their ARNs. */
const ofBackups: readonly (readonly [RegExp, readonly (readonly string[])[]])[] = [
  [/^(?!arn:aws:s3:)/, [["AWSBackupServiceRolePolicyForBackup"], ["AWSBackupServiceRolePolicyForRestores"]]],
  [
    /^(arn:aws:s3:|\*$)/,
    [["AWSBackupServiceRolePolicyForS3Backup"], ["AWSBackupServiceRolePolicyForS3Restore"]],
  ],
];

function backups(plan: Plan): readonly Use[] {
  const selection = z.object({ iamRoleArn: arn, resources: z.array(z.string()).default([]) });
  return plan.all("aws:backup/selection:Selection", selection).map(({ name, inputs }) => ({
    of: name,
    roleArn: inputs.iamRoleArn,
    service: "backup.amazonaws.com",
    policies: ofBackups.flatMap(([kind, policies]) =>
      inputs.resources.some((one) => kind.test(one)) ? policies : [],
    ),
    source: "AWS Backup developer guide, IAM service roles: managed policies",
  }));
}

function logs(plan: Plan): readonly Use[] {
  return [
    ...plan.all("aws:ec2/flowLog:FlowLog", z.looseObject({ iamRoleArn: arn })).flatMap(({ name, inputs }) =>
      mapAt(inputs)?.logDestinationType === "s3"
        ? []
        : [
            {
              of: name,
              roleArn: inputs.iamRoleArn,
              service: "vpc-flow-logs.amazonaws.com",
              policies: [],
              source: "VPC user guide, flow logs: IAM role for publishing to CloudWatch Logs",
            },
          ],
    ),
    ...plan
      .all("aws:s3/bucketReplicationConfig:BucketReplicationConfig", z.object({ role: arn }))
      .map(({ name, inputs }) => ({
        of: name,
        roleArn: inputs.role,
        service: "s3.amazonaws.com",
        policies: [],
        source: "S3 user guide, replication: setting up permissions",
      })),
  ];
}
