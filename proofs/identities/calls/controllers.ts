import type { World } from "../world";
import { account, type Call, type Caller, calls } from "./call";

/** The load balancer controller's calls for network load balancers; tags are those that it sets and finds. */
function loadBalancing({ account: owner, region, cluster }: World, own: string): readonly Call[] {
  const tag = "elbv2.k8s.aws/cluster";
  const arn = (path: string): string => `arn:aws:elasticloadbalancing:${region}:${owner}:${path}`;
  const asked = { [`aws:RequestTag/${tag}`]: own };
  const found = { [`aws:ResourceTag/${tag}`]: own };
  const group = `arn:aws:ec2:${region}:${owner}:security-group/sg-1`;
  return [
    { action: "ec2:CreateSecurityGroup", resource: group, context: asked },
    {
      action: "ec2:CreateTags",
      resource: group,
      context: { ...asked, "ec2:CreateAction": "CreateSecurityGroup" },
    },
    { action: "ec2:DeleteSecurityGroup", resource: group, context: found },
    {
      action: "elasticloadbalancing:CreateLoadBalancer",
      resource: arn("loadbalancer/net/a/1"),
      context: asked,
    },
    { action: "elasticloadbalancing:CreateTargetGroup", resource: arn("targetgroup/a/1"), context: asked },
    ...[
      "CreateLoadBalancer loadbalancer/net/a/1",
      "CreateTargetGroup targetgroup/a/1",
      "CreateListener listener/net/a/1/2",
    ].map((one) => {
      const [create = "", path = ""] = one.split(" ");
      return {
        action: "elasticloadbalancing:AddTags",
        resource: arn(path),
        context: { ...asked, "elasticloadbalancing:CreateAction": create },
      };
    }),
    {
      action: "elasticloadbalancing:CreateListener",
      resource: arn("loadbalancer/net/a/1"),
      context: { ...asked, ...found },
    },
    ...calls(
      [
        "DeleteLoadBalancer",
        "ModifyLoadBalancerAttributes",
        "SetSecurityGroups",
        "SetSubnets",
        "SetIpAddressType",
      ].map((action) => `elasticloadbalancing:${action}`),
      arn("loadbalancer/net/a/1"),
      found,
    ),
    ...calls(
      [
        "RegisterTargets",
        "DeregisterTargets",
        "ModifyTargetGroup",
        "ModifyTargetGroupAttributes",
        "DeleteTargetGroup",
      ].map((action) => `elasticloadbalancing:${action}`),
      arn("targetgroup/a/1"),
      found,
    ),
    ...calls(
      ["ModifyListener", "DeleteListener", "ModifyListenerAttributes"].map(
        (action) => `elasticloadbalancing:${action}`,
      ),
      arn("listener/net/a/1/2"),
      found,
    ),
  ].map((call) => ({ ...call, context: { ...call.context, "aws:RequestedRegion": region, cluster } }));
}

const autoscaling = (world: World, owner: string): readonly Call[] =>
  calls(
    ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
    `arn:aws:autoscaling:${world.region}:${world.account}:autoScalingGroup:1:autoScalingGroupName/a`,
    { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${owner}`]: "owned" },
  );

const otherZone = "arn:aws:route53:::hostedzone/OTHER";

/** Controllers that call AWS for the cluster. */
export const controllers: readonly Caller[] = [
  {
    has: account("cluster-autoscaler"),
    needs: (world) => [
      ...calls(
        [
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
        "*",
      ),
      ...autoscaling(world, world.cluster),
    ],
    mustNot: (world) => autoscaling(world, "other"),
    source: "kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws/README.md: full features policy",
  },
  {
    has: account("aws-load-balancer-controller"),
    needs: (world) => [
      ...calls(
        [
          "ec2:DescribeAvailabilityZones",
          "ec2:DescribeSubnets",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeVpcs",
          "ec2:DescribeInstances",
          "ec2:DescribeNetworkInterfaces",
          "ec2:GetSecurityGroupsForVpc",
          "elasticloadbalancing:DescribeLoadBalancers",
          "elasticloadbalancing:DescribeTargetHealth",
          "elasticloadbalancing:DescribeTags",
        ],
        "*",
      ),
      ...loadBalancing(world, world.cluster),
    ],
    mustNot: (world) => loadBalancing(world, "other"),
    source: "aws-load-balancer-controller, docs/install/iam_policy.json",
  },
  {
    has: account("external-dns"),
    needs: (world) => [
      ...calls(["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"], world.zone),
      ...calls(["route53:ListHostedZones", "route53:ListTagsForResources"], "*"),
    ],
    mustNot: () => [{ action: "route53:ChangeResourceRecordSets", resource: otherZone }],
    source: "external-dns, docs/tutorials/aws.md: IAM policy",
  },
  {
    has: account("cert-manager"),
    needs: (world) => [
      { action: "route53:GetChange", resource: "arn:aws:route53:::change/C1" },
      { action: "route53:ListHostedZonesByName", resource: "*" },
      { action: "route53:ListResourceRecordSets", resource: world.zone },
      {
        action: "route53:ChangeResourceRecordSets",
        resource: world.zone,
        context: { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
      },
    ],
    mustNot: (world) => [
      { action: "route53:ChangeResourceRecordSets", resource: otherZone },
      {
        action: "route53:ChangeResourceRecordSets",
        resource: world.zone,
        context: { "route53:ChangeResourceRecordSetsRecordTypes": ["A"] },
      },
    ],
    source: "cert-manager, DNS01 with Route53: IAM policy",
  },
  {
    has: account("external-secrets"),
    needs: ({ region, account: owner, cluster }) =>
      calls(
        [
          "secretsmanager:GetResourcePolicy",
          "secretsmanager:GetSecretValue",
          "secretsmanager:DescribeSecret",
          "secretsmanager:ListSecretVersionIds",
        ],
        `arn:aws:secretsmanager:${region}:${owner}:secret:${cluster}/a-1`,
      ),
    mustNot: ({ region, account: owner }) => [
      {
        action: "secretsmanager:GetSecretValue",
        resource: `arn:aws:secretsmanager:${region}:${owner}:secret:other/a-1`,
      },
    ],
    source: "External Secrets, AWS Secrets Manager: IAM policy",
  },
];
