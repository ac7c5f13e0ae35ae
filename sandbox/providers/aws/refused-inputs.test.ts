import { acl, group, policy, preview, vpcConfig } from "../../../test/support/clouds/aws-cloud";
import type { Values } from "../standin";

describe("inputs alone", () => {
  test.each<[string, string, Values, RegExp]>([
    [
      "an unsupported version",
      "eks/cluster:Cluster",
      { name: "atlas", version: "1.20", roleArn: "arn", vpcConfig },
      /unsupported Kubernetes version "1.20".*1.35/,
    ],
    [
      "a cluster that nobody reaches",
      "eks/cluster:Cluster",
      { roleArn: "arn", vpcConfig: { ...vpcConfig, endpointPublicAccess: false } },
      /cannot both be disabled/,
    ],
    [
      "an unknown instance type",
      "eks/nodeGroup:NodeGroup",
      { ...group, instanceTypes: ["m99.huge"] },
      /does not know the instance type "m99.huge"/,
    ],
    [
      "an image for another processor",
      "eks/nodeGroup:NodeGroup",
      { ...group, instanceTypes: ["m7g.xlarge"], amiType: "AL2023_x86_64_STANDARD" },
      /m7g.xlarge is arm64, AL2023_x86_64_STANDARD is x86_64/,
    ],
    [
      "a retired image",
      "eks/nodeGroup:NodeGroup",
      { ...group, amiType: "AL2_x86_64" },
      /amiType: "AL2_x86_64" is not one of/,
    ],
    [
      "more wanted than allowed",
      "eks/nodeGroup:NodeGroup",
      { ...group, scalingConfig: { minSize: 1, desiredSize: 5, maxSize: 3 } },
      /desiredSize 5 can't be greater than maxSize 3/,
    ],
    [
      "an unknown taint effect",
      "eks/nodeGroup:NodeGroup",
      { ...group, taints: [{ key: "k", effect: "NoSchedule" }] },
      /"NoSchedule" is not one of: NO_SCHEDULE/,
    ],
    [
      "an access policy that does not exist",
      "eks/accessPolicyAssociation:AccessPolicyAssociation",
      {
        clusterName: "atlas",
        principalArn: "arn",
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        accessScope: { type: "cluster" },
      },
      /is not an access policy/,
    ],
    [
      "a rule for two sources",
      "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { securityGroupId: "sg-1", ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8", cidrIpv6: "::/0" },
      /exactly one of/,
    ],
    [
      "ports in the wrong order",
      "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 90, toPort: 80, cidrIpv4: "10.0.0.0/8" },
      /fromPort 90 can't be greater than toPort 80/,
    ],
    [
      "a route to nowhere",
      "ec2/route:Route",
      { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" },
      /exactly one of gatewayId.*none is/,
    ],
  ])("catch: %s", async (_, type, inputs, message) => {
    await expect(preview(type, inputs)).rejects.toThrow(message);
  });

  test.each<[string, string, Values, RegExp]>([
    [
      "a policy about another bucket",
      "s3/bucketPolicy:BucketPolicy",
      {
        bucket: "one",
        policy: policy({ Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::two/*" }),
      },
      /invalid resource "arn:aws:s3:::two\/\*": the bucket is one/,
    ],
    [
      "objects that cool down too early",
      "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      {
        bucket: "one",
        rules: [{ id: "r", status: "Enabled", transitions: [{ days: 7, storageClass: "STANDARD_IA" }] }],
      },
      /STANDARD_IA after 7 days; 30 are the least/,
    ],
    [
      "objects that go before they cool down",
      "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      {
        bucket: "one",
        rules: [
          {
            id: "r",
            status: "Enabled",
            expiration: { days: 60 },
            transitions: [{ days: 90, storageClass: "GLACIER" }],
          },
        ],
      },
      /expiration after 60 days, transition after 90/,
    ],
    [
      "a schedule of five fields",
      "backup/plan:Plan",
      { rules: [{ ruleName: "r", targetVaultName: "v", schedule: "cron(0 2 * * *)" }] },
      /six fields/,
    ],
    [
      "a short stay in cold storage",
      "backup/plan:Plan",
      {
        rules: [
          { ruleName: "r", targetVaultName: "v", lifecycle: { coldStorageAfter: 30, deleteAfter: 60 } },
        ],
      },
      /at least 90 days after/,
    ],
    [
      "files that cool down on a day of no choice",
      "efs/fileSystem:FileSystem",
      { lifecyclePolicies: [{ transitionToIa: "AFTER_45_DAYS" }] },
      /"AFTER_45_DAYS" is not one of: AFTER_1_DAY, AFTER_7_DAYS/,
    ],
    [
      "elastic files of the older kind",
      "efs/fileSystem:FileSystem",
      { throughputMode: "elastic", performanceMode: "maxIO" },
      /needs the performanceMode "generalPurpose"/,
    ],
    [
      "a key for files in clear",
      "efs/fileSystem:FileSystem",
      { kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/k" },
      /a key needs encrypted: true/,
    ],
    [
      "more security groups than a mount target has",
      "efs/mountTarget:MountTarget",
      { fileSystemId: "fs-1", subnetId: "subnet-1", securityGroups: ["1", "2", "3", "4", "5", "6"] },
      /five at most/,
    ],
    [
      "a retention that CloudWatch does not know",
      "cloudwatch/logGroup:LogGroup",
      { name: "a", retentionInDays: 42 },
      /42 days cannot be chosen/,
    ],
    [
      "a record without a target",
      "route53/record:Record",
      { zoneId: "Z", name: "a.example.com", type: "A" },
      /exactly one of records, aliases/,
    ],
    [
      "two firewall rules of one priority",
      "wafv2/webAcl:WebAcl",
      {
        ...acl,
        rules: [1, 2].map((n) => ({
          name: `r${n}`,
          priority: 1,
          action: { block: {} },
          visibilityConfig: acl.visibilityConfig,
        })),
      },
      /two rules have the priority 1/,
    ],
    [
      "a log destination that WAF does not take",
      "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      { resourceArn: "arn", logDestinationConfigs: ["arn:aws:logs:us-east-1:1:log-group:logs"] },
      /aws-waf-logs-/,
    ],
    [
      "a self-managed group of instances",
      "autoscaling/group:Group",
      { maxSize: 1, minSize: 0 },
      /use a managed node group/,
    ],
  ])("catch: %s", async (_, type, inputs, message) => {
    await expect(preview(type, inputs)).rejects.toThrow(message);
  });
});
