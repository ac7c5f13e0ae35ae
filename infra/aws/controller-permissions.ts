import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "./policy";

/** The cluster autoscaler: looks at every group, but sizes only those of its own cluster. (C10) */
export function autoscalerPermissions(clusterName: string): readonly Statement[] {
  return [
    {
      Sid: "Look",
      Action: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
        "eks:DescribeNodegroup",
      ],
      Resource: "*",
    },
    {
      Sid: "SizeOwnGroups",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource: "*",
      Condition: {
        StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned" },
      },
    },
  ];
}

/** What the names of a cluster's own secrets in AWS Secrets Manager begin with. */
export function secretPrefix(clusterName: string): string {
  return `${clusterName}/`;
}

/** External Secrets: reads the cluster's own secrets, whose names begin with its name and a slash, and no others. (P6) */
export function externalSecretsPermissions({
  clusterName,
  accountId,
  region,
}: Pick<LoadBalancerScope, "clusterName" | "accountId" | "region">): readonly Statement[] {
  return [
    {
      Sid: "ReadOwnSecrets",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "secretsmanager:GetSecretValue",
        "secretsmanager:ListSecretVersionIds",
      ],
      Resource: `arn:aws:secretsmanager:${region}:${accountId}:secret:${secretPrefix(clusterName)}*`,
    },
  ];
}

/** External-DNS: changes records of the stack's own zone, and of no other. (C11) */
export function dnsPermissions(zoneArn: pulumi.Input<string>): readonly Statement[] {
  return [
    {
      Sid: "ChangeOwnZone",
      Action: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
      Resource: zoneArn,
    },
    {
      Sid: "Look",
      Action: ["route53:ListHostedZones", "route53:ListTagsForResources"],
      Resource: "*",
    },
  ];
}

/**
 * cert-manager: proves by TXT records that hosts of the stack's own zone are ours, and changes no other record. (P1)
 *
 * @see https://cert-manager.io/docs/configuration/acme/dns01/route53/
 */
export function challengePermissions(zoneArn: pulumi.Input<string>): readonly Statement[] {
  return [
    { Sid: "SeeWhetherDone", Action: "route53:GetChange", Resource: "arn:aws:route53:::change/*" },
    {
      Sid: "AnswerChallenges",
      Action: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
      Resource: zoneArn,
      Condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
      },
    },
    { Sid: "Look", Action: "route53:ListHostedZonesByName", Resource: "*" },
  ];
}

export interface LoadBalancerScope {
  readonly clusterName: string;
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
}

/**
 * The AWS load balancer controller, as far as network load balancers go: it makes load balancers only with its
 * cluster's tag, changes only what carries it, and opens ports only within the VPC. (C11)
 */
export function loadBalancerPermissions(scope: LoadBalancerScope): readonly Statement[] {
  const { accountId, region } = scope;
  const tag = "elbv2.k8s.aws/cluster";
  const asked = { StringEquals: { [`aws:RequestTag/${tag}`]: scope.clusterName } };
  const own = { StringEquals: { [`aws:ResourceTag/${tag}`]: scope.clusterName } };
  const vpcArn = pulumi.interpolate`arn:aws:ec2:${region}:${accountId}:vpc/${scope.vpcId}`;
  const securityGroups = `arn:aws:ec2:${region}:${accountId}:security-group/*`;
  const balancing = `arn:aws:elasticloadbalancing:${region}:${accountId}`;
  return [
    {
      Sid: "Look",
      Action: [
        "acm:DescribeCertificate",
        "acm:ListCertificates",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVpcs",
        "ec2:GetSecurityGroupsForVpc",
        "elasticloadbalancing:Describe*",
      ],
      Resource: "*",
    },
    {
      Sid: "FirstLoadBalancerOfAccount",
      Action: "iam:CreateServiceLinkedRole",
      Resource: "*",
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
    { Sid: "MakeSecurityGroupsInVpc", Action: "ec2:CreateSecurityGroup", Resource: vpcArn },
    {
      Sid: "MakeSecurityGroups",
      Action: "ec2:CreateSecurityGroup",
      Resource: securityGroups,
      Condition: asked,
    },
    {
      Sid: "TagNewSecurityGroups",
      Action: "ec2:CreateTags",
      Resource: securityGroups,
      Condition: {
        StringEquals: { ...asked.StringEquals, "ec2:CreateAction": "CreateSecurityGroup" },
      },
    },
    {
      Sid: "OpenPortsWithinVpc",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: securityGroups,
      Condition: { ArnEquals: { "ec2:Vpc": vpcArn } },
    },
    {
      Sid: "ChangeOwnSecurityGroups",
      Action: ["ec2:DeleteSecurityGroup", "ec2:CreateTags", "ec2:DeleteTags"],
      Resource: securityGroups,
      Condition: own,
    },
    {
      Sid: "MakeLoadBalancers",
      Action: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      Resource: "*",
      Condition: asked,
    },
    {
      Sid: "TagNewLoadBalancers",
      Action: "elasticloadbalancing:AddTags",
      Resource: [`${balancing}:loadbalancer/*`, `${balancing}:targetgroup/*`, `${balancing}:listener/net/*`],
      Condition: {
        StringEquals: {
          ...asked.StringEquals,
          "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"],
        },
      },
    },
    {
      Sid: "ChangeOwnLoadBalancers",
      Action: [
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ],
      Resource: [`${balancing}:loadbalancer/*`, `${balancing}:targetgroup/*`],
      Condition: own,
    },
    {
      Sid: "ChangeOwnListeners",
      Action: [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:RemoveTags",
      ],
      Resource: `${balancing}:listener/net/*`,
      Condition: own,
    },
  ];
}
