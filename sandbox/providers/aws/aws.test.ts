import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestCloud, type TestResource } from "../../clouds/test-cloud";
import { Registry } from "../../cluster/cloud-controller/registry";
import type { Values } from "../standin";
import { configurationFailures, readConfiguration } from "./configuration";
import { awsStandIn } from "./index";

const east = { region: "us-east-1" };
const west = { region: "us-west-2" };

let cloud: TestCloud;

beforeEach(() => {
  cloud = new TestCloud(awsStandIn);
});

afterEach(() => cloud.remove());

function policy(statement: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}

const trust = policy({ Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" });

/** The outcome of a check and a preview: what inputs alone decide. */
async function preview(type: string, inputs: Values, settings: Values = east): Promise<TestResource> {
  return cloud.create(settings, `aws:${type}`, inputs, { preview: true });
}

const vpcConfig = { subnetIds: ["subnet-1"] };
const group = {
  clusterName: "atlas",
  nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
  subnetIds: ["subnet-1"],
  scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
};
const acl = {
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "m", sampledRequestsEnabled: true },
};
const key = (statement: Readonly<Record<string, unknown>>) => ({
  policy: policy({ Action: "kms:*", Resource: "*", ...statement }),
});

describe("inputs alone", () => {
  test.each<[string, string, Values]>([
    ["a network", "ec2/vpc:Vpc", { cidrBlock: "10.20.0.0/16" }],
    ["a bucket's name", "s3/bucket:Bucket", { bucket: "atlas-ai.models-2" }],
    ["a role's name of 64 characters", "iam/role:Role", { name: "r".repeat(64), assumeRolePolicy: trust }],
    [
      "a policy document given as an object",
      "iam/rolePolicy:RolePolicy",
      {
        role: "r",
        policy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
        },
      },
    ],
    [
      "a policy of AWS's own",
      "iam/rolePolicyAttachment:RolePolicyAttachment",
      { role: "r", policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" },
    ],
    [
      "a supported version",
      "eks/cluster:Cluster",
      { name: "atlas", version: "1.35", roleArn: "arn", vpcConfig },
    ],
    [
      "sizes in order",
      "eks/nodeGroup:NodeGroup",
      { ...group, instanceTypes: ["m6i.2xlarge"], amiType: "AL2023_x86_64_STANDARD" },
    ],
    [
      "a key that its account may manage",
      "kms/key:Key",
      key({ Principal: { AWS: "arn:aws:iam::123456789012:root" } }),
    ],
    [
      "a rule for one source",
      "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" },
    ],
    [
      "a retention that CloudWatch knows",
      "cloudwatch/logGroup:LogGroup",
      { name: "/aws/eks/atlas", retentionInDays: 90 },
    ],
  ])("pass: %s", async (_, type, inputs) => {
    await expect(preview(type, inputs)).resolves.toBeDefined();
  });

  test.each<[string, string, Values, RegExp]>([
    ["a network too large", "ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/8" }, /cidrBlock: .*\/16 to \/28/],
    ["an unknown input", "ec2/vpc:Vpc", { cidrBlock: "10.20.0.0/16", cidr: "x" }, /cidr: not a property/],
    [
      "a zone of another region",
      "ec2/subnet:Subnet",
      { vpcId: "v", cidrBlock: "10.20.0.0/24", availabilityZone: "us-west-2a" },
      /"us-west-2a" is not a zone of us-east-1; its zones are us-east-1a/,
    ],
    [
      "upper case in a bucket's name",
      "s3/bucket:Bucket",
      { bucket: "Atlas" },
      /InvalidBucketName: "Atlas".*lower-case/,
    ],
    ["a bucket's name too short", "s3/bucket:Bucket", { bucket: "ab" }, /2 characters, 3 to 63/],
    ["a bucket named like an address", "s3/bucket:Bucket", { bucket: "10.0.0.1" }, /IP address/],
    ["a bucket's reserved prefix", "s3/bucket:Bucket", { bucket: "xn--bucket" }, /prefix is reserved/],
    [
      "a role's name of 65 characters",
      "iam/role:Role",
      { name: "r".repeat(65), assumeRolePolicy: trust },
      /1 to 64 letters/,
    ],
    [
      "a trust policy that allows more",
      "iam/role:Role",
      { assumeRolePolicy: policy({ Principal: "*", Action: "s3:GetObject" }) },
      /"s3:GetObject" is not allowed in a trust policy/,
    ],
    [
      "a trust policy that trusts nobody",
      "iam/role:Role",
      { assumeRolePolicy: policy({ Action: "sts:AssumeRole" }) },
      /has no Principal/,
    ],
    [
      "a policy that is no JSON",
      "iam/policy:Policy",
      { policy: "{" },
      /MalformedPolicyDocument: it is not a JSON object/,
    ],
    [
      "a policy without a version",
      "iam/policy:Policy",
      { policy: '{"Statement":[]}' },
      /Version must be.*found undefined\n.*Statement is missing/,
    ],
    [
      "a policy without a resource",
      "iam/policy:Policy",
      { policy: policy({ Action: "s3:*" }) },
      /has no Resource/,
    ],
    [
      "a policy's wrong effect",
      "iam/policy:Policy",
      { policy: policy({ Effect: "allow", Action: "s3:*", Resource: "*" }) },
      /Effect must be "Allow" or "Deny", found "allow"/,
    ],
    [
      "what is no action",
      "iam/policy:Policy",
      { policy: policy({ Action: "everything", Resource: "*" }) },
      /"everything" is not an action/,
    ],
    [
      "what is no ARN",
      "iam/policy:Policy",
      { policy: policy({ Action: "s3:*", Resource: "bucket" }) },
      /"bucket" is not an ARN/,
    ],
    [
      "a policy's unknown element",
      "iam/policy:Policy",
      { policy: policy({ Actions: "s3:*", Action: "s3:*", Resource: "*" }) },
      /unknown element "Actions"/,
    ],
    [
      "a misspelt policy of AWS's own",
      "iam/rolePolicyAttachment:RolePolicyAttachment",
      { role: "r", policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolice" },
      /NoSuchEntity.*AmazonEKSClusterPolice/,
    ],
    [
      "a key that nobody can manage",
      "kms/key:Key",
      key({ Principal: { Service: "logs.amazonaws.com" } }),
      /will not allow you to update the key policy/,
    ],
    [
      "an alias without its prefix",
      "kms/alias:Alias",
      { name: "atlas", targetKeyId: "k" },
      /begins with "alias\/"/,
    ],
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

  test("CloudFront's firewall is in us-east-1 and nowhere else", async () => {
    const global = { ...acl, scope: "CLOUDFRONT" };
    await expect(preview("wafv2/webAcl:WebAcl", global)).resolves.toBeDefined();
    await expect(preview("wafv2/webAcl:WebAcl", global, west)).rejects.toThrow(
      /only in us-east-1, found us-west-2/,
    );
  });
});

async function make(type: string, inputs: Values, settings: Values = east): Promise<TestResource> {
  return cloud.create(settings, `aws:${type}`, inputs);
}

async function network(
  cidrBlock = "10.20.0.0/16",
): Promise<{ readonly vpc: TestResource; readonly subnets: readonly string[] }> {
  const vpc = await make("ec2/vpc:Vpc", { cidrBlock });
  const subnets: string[] = [];
  for (const [index, availabilityZone] of ["us-east-1a", "us-east-1b"].entries()) {
    const inputs = {
      vpcId: vpc.id,
      availabilityZone,
      cidrBlock: cidrBlock.replace("0.0/16", `${index}.0/24`),
    };
    subnets.push((await make("ec2/subnet:Subnet", inputs)).id);
  }
  return { vpc, subnets };
}

async function role(name: string): Promise<string> {
  return String((await make("iam/role:Role", { name, assumeRolePolicy: trust })).outputs.arn);
}

async function cluster(more: Values = {}): Promise<{
  readonly cluster: TestResource;
  readonly subnets: readonly string[];
  readonly vpc: TestResource;
}> {
  const { vpc, subnets } = await network();
  const made = await make("eks/cluster:Cluster", {
    name: "atlas",
    version: "1.34",
    roleArn: await role("cluster"),
    vpcConfig: { subnetIds: subnets },
    ...more,
  });
  return { cluster: made, subnets, vpc };
}

describe("networks", () => {
  test("subnets lie within their VPC and apart from each other", async () => {
    const { vpc } = await network();
    await expect(make("ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.21.0.0/24" })).rejects.toThrow(
      /InvalidSubnet.Range: the CIDR 10.21.0.0\/24 is invalid: it does not lie within 10.20.0.0\/16/,
    );
    await expect(make("ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.20.0.128/25" })).rejects.toThrow(
      /InvalidSubnet.Conflict: the CIDR 10.20.0.128\/25 conflicts with another subnet: subnet-\w+ has 10.20.0.0\/24/,
    );
    await expect(
      make("ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.20.9.0/24" }),
    ).resolves.toBeDefined();
  });

  test("a NAT gateway needs an address and a way out", async () => {
    const { vpc, subnets } = await network();
    const nat = {
      subnetId: subnets[0] ?? "",
      allocationId: (await make("ec2/eip:Eip", { domain: "vpc" })).id,
    };
    await expect(make("ec2/natGateway:NatGateway", { subnetId: nat.subnetId })).rejects.toThrow(
      /needs an Elastic IP/,
    );
    await expect(make("ec2/natGateway:NatGateway", nat)).rejects.toThrow(/has no internet gateway attached/);
    await make("ec2/internetGateway:InternetGateway", { vpcId: vpc.id });
    await expect(make("ec2/natGateway:NatGateway", nat)).resolves.toBeDefined();
    await expect(make("ec2/internetGateway:InternetGateway", { vpcId: vpc.id })).rejects.toThrow(
      /already has igw-/,
    );
  });

  test("a subnet has one route table, and a table one route to a destination", async () => {
    const { vpc, subnets } = await network();
    const gatewayId = (await make("ec2/internetGateway:InternetGateway", { vpcId: vpc.id })).id;
    const routeTableId = (await make("ec2/routeTable:RouteTable", { vpcId: vpc.id })).id;
    const association = { subnetId: subnets[0] ?? "", routeTableId };
    await make("ec2/routeTableAssociation:RouteTableAssociation", association);
    await expect(make("ec2/routeTableAssociation:RouteTableAssociation", association)).rejects.toThrow(
      /AlreadyAssociated/,
    );
    const route = { routeTableId, gatewayId, destinationCidrBlock: "0.0.0.0/0" };
    await make("ec2/route:Route", route);
    await expect(make("ec2/route:Route", route)).rejects.toThrow(/RouteAlreadyExists/);
  });

  test("security groups have names of their own in a VPC, and rules are not said twice", async () => {
    const { vpc } = await network();
    const other = await make("ec2/vpc:Vpc", { cidrBlock: "10.30.0.0/16" });
    const { id: securityGroupId } = await make("ec2/securityGroup:SecurityGroup", {
      name: "web",
      vpcId: vpc.id,
    });
    await expect(make("ec2/securityGroup:SecurityGroup", { name: "web", vpcId: vpc.id })).rejects.toThrow(
      /InvalidGroup.Duplicate/,
    );
    await expect(
      make("ec2/securityGroup:SecurityGroup", { name: "web", vpcId: other.id }),
    ).resolves.toBeDefined();
    const rule = { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" };
    await make("vpc/securityGroupIngressRule:SecurityGroupIngressRule", rule);
    await expect(make("vpc/securityGroupIngressRule:SecurityGroupIngressRule", rule)).rejects.toThrow(
      /InvalidPermission.Duplicate/,
    );
  });

  test("endpoints are of the region and of a kind that the service has", async () => {
    const { vpc, subnets } = await network();
    const endpoint = (serviceName: string, vpcEndpointType: string, more: Values = {}) =>
      make("ec2/vpcEndpoint:VpcEndpoint", { vpcId: vpc.id, serviceName, vpcEndpointType, ...more });
    await expect(endpoint("com.amazonaws.us-east-1.s3", "Gateway")).resolves.toBeDefined();
    await expect(endpoint("com.amazonaws.us-west-2.s3", "Gateway")).rejects.toThrow(
      /does not exist in us-east-1/,
    );
    await expect(endpoint("com.amazonaws.us-east-1.ecr.api", "Gateway")).rejects.toThrow(
      /only s3 and dynamodb/,
    );
    await expect(endpoint("com.amazonaws.us-east-1.s3", "Gateway", { subnetIds: subnets })).rejects.toThrow(
      /subnetIds is not allowed/,
    );
    const { subnets: others } = await network("10.30.0.0/16");
    await expect(endpoint("com.amazonaws.us-east-1.sts", "Interface", { subnetIds: others })).rejects.toThrow(
      /is in vpc-\w+, the others are in/,
    );
  });
});

describe("EKS", () => {
  test("a cluster is a control plane, and goes with it", async () => {
    const { cluster: made, vpc } = await cluster();
    expect(cloud.clusters.versions.get("aws-atlas")).toBe("1.34");
    expect(made.outputs).toMatchObject({
      arn: "arn:aws:eks:us-east-1:123456789012:cluster/atlas",
      endpoint: "https://127.0.0.1:6443",
      certificateAuthority: { data: "Q0E=" },
      identities: [
        {
          oidcs: [
            {
              issuer: expect.stringMatching(
                /^https:\/\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/,
              ),
            },
          ],
        },
      ],
      vpcConfig: { vpcId: vpc.id, clusterSecurityGroupId: expect.stringMatching(/^sg-/) },
      status: "ACTIVE",
    });
    await cloud.delete(east, made);
    expect([...cloud.clusters.versions]).toEqual([]);
  });

  test("a preview leaves unknown what the cluster's VPC configuration gets", async () => {
    const { outputs } = await preview("eks/cluster:Cluster", { name: "atlas", roleArn: "arn", vpcConfig });
    expect(outputs.vpcConfig).toEqual({
      subnetIds: ["subnet-1"],
      clusterSecurityGroupId: expect.any(Symbol),
      vpcId: expect.any(Symbol),
    });
  });

  test("needs two zones, and none in which it has no control planes", async () => {
    const { vpc, subnets } = await network();
    const roleArn = await role("cluster");
    const create = (subnetIds: readonly string[]) =>
      make("eks/cluster:Cluster", { name: "atlas", roleArn, vpcConfig: { subnetIds } });
    await expect(create(subnets.slice(0, 1))).rejects.toThrow(/at least two different AZs, found us-east-1a/);
    const { id } = await make("ec2/subnet:Subnet", {
      vpcId: vpc.id,
      cidrBlock: "10.20.5.0/24",
      availabilityZone: "us-east-1e",
    });
    await expect(create([...subnets, id])).rejects.toThrow(
      /UnsupportedAvailabilityZoneException.*us-east-1e/,
    );
  });

  test("upgrades one minor version at a time and never back", async () => {
    const { cluster: made } = await cluster();
    await expect(cloud.update(east, made, { ...made.inputs, version: "1.33" })).rejects.toThrow(
      /from 1.34 to 1.33/,
    );
    await cloud.update(east, made, { ...made.inputs, version: "1.35" });
    expect(cloud.clusters.versions.get("aws-atlas")).toBe("1.35");
    await expect(cloud.update(east, made, { ...made.inputs, version: "1.37" })).rejects.toThrow(
      /from 1.35 to 1.37/,
    );
  });

  test("a node group is nodes with what their type offers, in its zones, with its labels and taints", async () => {
    const { subnets } = await cluster();
    const template = await make("ec2/launchTemplate:LaunchTemplate", {
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 100 } }],
    });
    const made = await make("eks/nodeGroup:NodeGroup", {
      clusterName: "atlas",
      nodeGroupName: "gpu",
      nodeRoleArn: await role("nodes"),
      subnetIds: subnets,
      instanceTypes: ["g5.2xlarge"],
      capacityType: "SPOT",
      launchTemplate: { id: template.id, version: "1" },
      scalingConfig: { minSize: 0, desiredSize: 2, maxSize: 4 },
      labels: { workload: "gpu" },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
    });

    expect(cloud.clusters.pools.get("aws-atlas/gpu")).toMatchObject({
      count: 2,
      zones: ["us-east-1a", "us-east-1b"],
      labels: {
        workload: "gpu",
        "eks.amazonaws.com/nodegroup": "gpu",
        "eks.amazonaws.com/capacityType": "SPOT",
      },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
      instanceTypes: [
        {
          instanceType: "g5.2xlarge",
          capacity: { cpu: "8", "nvidia.com/gpu": "1", "ephemeral-storage": "100Gi" },
        },
      ],
    });
    const tag = { key: "a", value: "b", propagateAtLaunch: false };
    const [{ name = "" } = {}] = Object(made.outputs.resources)[0].autoscalingGroups;
    await expect(make("autoscaling/tag:Tag", { autoscalingGroupName: name, tag })).resolves.toBeDefined();
    await expect(make("autoscaling/tag:Tag", { autoscalingGroupName: "other", tag })).rejects.toThrow(
      /does not exist/,
    );

    await cloud.delete(east, made);
    expect([...cloud.clusters.pools]).toEqual([]);
  });

  test("a node group lies in the cluster's VPC, within the quota of vCPUs, on a launch template that exists", async () => {
    const { subnets, cluster: made } = await cluster();
    const base = {
      clusterName: "atlas",
      nodeRoleArn: await role("nodes"),
      subnetIds: subnets,
      scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 100 },
    };
    const create = (more: Values) =>
      make("eks/nodeGroup:NodeGroup", { ...base, instanceTypes: ["m6i.2xlarge"], ...more });
    await expect(create({ subnetIds: (await network("10.30.0.0/16")).subnets })).rejects.toThrow(
      /is not in the cluster's VPC/,
    );
    await expect(create({ subnetIds: ["subnet-0"] })).rejects.toThrow(/InvalidSubnetID.NotFound/);
    await expect(
      create({ instanceTypes: ["g5.2xlarge"], scalingConfig: { minSize: 0, desiredSize: 30, maxSize: 30 } }),
    ).rejects.toThrow(
      /vCPU limit of 192 allows for the graphics ON_DEMAND instances: 0 are in use, 240 are asked for/,
    );
    const template = await make("ec2/launchTemplate:LaunchTemplate", {});
    await expect(create({ launchTemplate: { id: template.id, version: "7" } })).rejects.toThrow(
      /has no version 7; the latest is 1/,
    );
    await create({});
    await expect(cloud.delete(east, made)).rejects.toThrow(/in use by the EKS node group/);
  });

  test("add-ons are of a known version that fits", async () => {
    await cluster();
    const addon = (addonName: string, addonVersion?: string) =>
      make("eks/addon:Addon", { clusterName: "atlas", addonName, ...(addonVersion && { addonVersion }) });
    await expect(addon("kube-proxi")).rejects.toThrow(/does not know the add-on "kube-proxi"/);
    await expect(addon("kube-proxy", "v1.35.3-eksbuild.18")).rejects.toThrow(
      /not supported with Kubernetes 1.34/,
    );
    await expect(addon("kube-proxy", "v1.34.6-eksbuild.18")).resolves.toBeDefined();
    await expect(addon("kube-proxy")).rejects.toThrow(/ResourceInUseException/);
  });

  test("access entries need a cluster that reads them, and policies an entry", async () => {
    await cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
    const principalArn = "arn:aws:iam::123456789012:role/admin";
    await expect(make("eks/accessEntry:AccessEntry", { clusterName: "atlas", principalArn })).rejects.toThrow(
      /it is CONFIG_MAP/,
    );
    const association = {
      clusterName: "atlas",
      principalArn,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      accessScope: { type: "cluster" },
    };
    await expect(make("eks/accessPolicyAssociation:AccessPolicyAssociation", association)).rejects.toThrow(
      /access entry of .* does not exist/,
    );
  });
});

describe("shared files", () => {
  test("go only after their mount targets, and take their policy along", async () => {
    const { subnets } = await network();
    const files = await make("efs/fileSystem:FileSystem", { encrypted: true, throughputMode: "elastic" });
    expect(files.outputs).toMatchObject({
      arn: `arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/${files.id}`,
      dnsName: `${files.id}.efs.us-east-1.amazonaws.com`,
      performanceMode: "generalPurpose",
    });
    const allow = {
      Principal: { AWS: "*" },
      Action: "elasticfilesystem:ClientMount",
      Resource: files.outputs.arn,
    };
    await make("efs/fileSystemPolicy:FileSystemPolicy", { fileSystemId: files.id, policy: policy(allow) });
    const target = await make("efs/mountTarget:MountTarget", {
      fileSystemId: files.id,
      subnetId: subnets[0] ?? "",
    });
    const standing = () => cloud.store.madeBy("urn:pulumi:test::cloud::aws:efs/");
    await expect(cloud.delete(east, files)).rejects.toThrow(/DependencyViolation/);
    expect(await standing()).toHaveLength(3);
    await cloud.delete(east, target);
    await cloud.delete(east, files);
    expect(await standing()).toEqual([]);
  });

  test("take the volumes along that a cluster has made of them, and no others", async () => {
    const usual = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = mkdtempSync(join(tmpdir(), "ai-platform-aws-"));
    try {
      const registry = new Registry({ cloud: "aws", name: "shop" });
      const volume = (id: string) =>
        registry.save("volumes", { id, cluster: registry.clusterId, madeFor: "shop/images" });
      const files = await make("efs/fileSystem:FileSystem", {});
      await volume(`${files.id}::fsap-01`);
      await volume("fs-0another::fsap-01");
      await cloud.delete(east, files);
      expect((await registry.all("volumes")).map(({ id }) => id)).toEqual(["fs-0another::fsap-01"]);
    } finally {
      rmSync(process.env.XDG_CACHE_HOME, { recursive: true, force: true });
      if (usual === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = usual;
    }
  });

  test("have one mount target in a zone, in one VPC with its security groups", async () => {
    const { vpc, subnets } = await network();
    const fileSystemId = (await make("efs/fileSystem:FileSystem", {})).id;
    const mount = (subnetId: string, more: Values = {}) =>
      make("efs/mountTarget:MountTarget", { fileSystemId, subnetId, ...more });
    await expect(mount(subnets[0] ?? "")).resolves.toBeDefined();
    await expect(mount(subnets[1] ?? "")).resolves.toBeDefined();
    const second = await make("ec2/subnet:Subnet", {
      vpcId: vpc.id,
      cidrBlock: "10.20.9.0/24",
      availabilityZone: "us-east-1a",
    });
    await expect(mount(second.id)).rejects.toThrow(
      /MountTargetConflict: fs-\w+ already has fsmt-\w+ in us-east-1a/,
    );
    const other = await make("ec2/vpc:Vpc", { cidrBlock: "10.30.0.0/16" });
    const group = await make("ec2/securityGroup:SecurityGroup", { name: "nfs", vpcId: other.id });
    await expect(mount(second.id, { securityGroups: [group.id] })).rejects.toThrow(/the others are in/);
    await expect(mount(second.id, { fileSystemId: "fs-0missing" })).rejects.toThrow(/FileSystemNotFound/);
  });
});

describe("buckets", () => {
  test("are unique over regions, and spoken to in their own", async () => {
    await make("s3/bucket:Bucket", { bucket: "atlas-models" }, west);
    await expect(make("s3/bucket:Bucket", { bucket: "atlas-models" })).rejects.toThrow(
      /BucketAlreadyOwnedByYou/,
    );
    const block = { bucket: "atlas-models", blockPublicAcls: true };
    await expect(make("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", block)).rejects.toThrow(
      /PermanentRedirect: the bucket atlas-models is in us-west-2/,
    );
    await expect(
      make("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", block, west),
    ).resolves.toBeDefined();
  });

  test("are replicated only with versions on both sides", async () => {
    const replication = {
      bucket: "source",
      role: await role("replication"),
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copies" } }],
    };
    await make("s3/bucket:Bucket", { bucket: "source" });
    await make("s3/bucket:Bucket", { bucket: "copies" }, west);
    const versioned = { versioningConfiguration: { status: "Enabled" } };
    await make("s3/bucketVersioning:BucketVersioning", { bucket: "source", ...versioned });
    await expect(make("s3/bucketReplicationConfig:BucketReplicationConfig", replication)).rejects.toThrow(
      /versioning must be "Enabled" on the bucket copies/,
    );
    await make("s3/bucketVersioning:BucketVersioning", { bucket: "copies", ...versioned }, west);
    await expect(
      make("s3/bucketReplicationConfig:BucketReplicationConfig", replication),
    ).resolves.toBeDefined();
  });
});

describe("a stack that is rebuilt at will", () => {
  /** What a stack makes of these kinds, in its order, on a network that stays. */
  async function up({ forced, subnets }: Rebuilt): Promise<readonly TestResource[]> {
    const made = await make("iam/role:Role", { name: "control-plane", assumeRolePolicy: trust });
    return [
      made,
      await make("s3/bucket:Bucket", { bucket: "atlas-data", forceDestroy: forced }),
      await make("backup/vault:Vault", { name: "volumes", forceDestroy: forced }),
      await make("route53/zone:Zone", { name: "atlas.test", forceDestroy: forced }),
      await make("cloudwatch/logGroup:LogGroup", { name: "/aws/eks/atlas/cluster" }),
      await make("eks/cluster:Cluster", {
        name: "atlas",
        roleArn: String(made.outputs.arn),
        vpcConfig: { subnetIds: subnets },
        enabledClusterLogTypes: ["audit"],
      }),
    ];
  }

  interface Rebuilt {
    readonly forced: boolean;
    readonly subnets: readonly string[];
  }

  async function down(made: readonly TestResource[]): Promise<void> {
    for (const resource of [...made].reverse()) await cloud.delete(east, resource);
  }

  /** As `aws logs delete-log-group`. */
  async function deleteMadeAgain(): Promise<void> {
    for (const record of await cloud.store.madeByClouds()) await cloud.store.delete(record);
  }

  test("goes and comes twice where its buckets, vault and zone go with what they hold", async () => {
    const { subnets } = await network();
    const rebuilt = { forced: true, subnets };
    await down(await up(rebuilt));
    await deleteMadeAgain();
    await down(await up(rebuilt));
    await deleteMadeAgain();
    await expect(up(rebuilt)).resolves.toHaveLength(6);
  });

  test("does not come while the log group stands that EKS has made again for the cluster's last logs", async () => {
    const { subnets } = await network();
    await down(await up({ forced: true, subnets }));
    await expect(make("cloudwatch/logGroup:LogGroup", { name: "/aws/eks/atlas/cluster" })).rejects.toThrow(
      /ResourceAlreadyExistsException: CloudWatch log group \/aws\/eks\/atlas\/cluster already exists/,
    );
    await deleteMadeAgain();
    await expect(up({ forced: true, subnets })).resolves.toHaveLength(6);
  });

  test("keeps a bucket, a vault and a zone that hold something, as their clouds do", async () => {
    const { subnets } = await network();
    const made = await up({ forced: false, subnets });
    const [bucket, vault, zone] = [made.at(1), made.at(2), made.at(3)];
    if (bucket === undefined || vault === undefined || zone === undefined) {
      throw new Error("nothing was made");
    }
    await expect(cloud.delete(east, bucket)).rejects.toThrow(
      /BucketNotEmpty: the bucket atlas-data holds objects/,
    );
    await expect(cloud.delete(east, vault)).rejects.toThrow(/the backup vault volumes holds recovery points/);
    await expect(cloud.delete(east, zone)).rejects.toThrow(
      /HostedZoneNotEmpty: the zone atlas.test holds records/,
    );
  });
});

test("a role goes only after its policies", async () => {
  const made = await make("iam/role:Role", { name: "reader", assumeRolePolicy: trust });
  const attached = await make("iam/rolePolicyAttachment:RolePolicyAttachment", {
    role: "reader",
    policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
  });
  await expect(cloud.delete(east, made)).rejects.toThrow(/in use by the IAM role policy attachment/);
  await cloud.delete(east, attached);
  await expect(cloud.delete(east, made)).resolves.toBeUndefined();
});

describe("the provider's settings", () => {
  test.each<[string, Values]>([
    ["a region", east],
    ["an account that is allowed, as JSON text", { ...east, allowedAccountIds: '["111122223333"]' }],
    [
      "the account of the role that is assumed",
      {
        ...east,
        allowedAccountIds: ["111122223333"],
        assumeRoles: [{ roleArn: "arn:aws:iam::111122223333:role/deploy" }],
      },
    ],
    ["flags, as text", { ...east, skipCredentialsValidation: "true" }],
  ])("accept %s", (_, settings) => {
    expect(configurationFailures(settings)).toEqual([]);
  });

  test.each<[string, Values, string, RegExp]>([
    ["no region", {}, "region", /missing/],
    ["an unknown region", { region: "mars-1" }, "region", /"mars-1" is not a region/],
    [
      "a foreign account",
      {
        ...east,
        allowedAccountIds: ["111122223333"],
        assumeRoles: [{ roleArn: "arn:aws:iam::444455556666:role/deploy" }],
      },
      "allowedAccountIds",
      /not allowed: 444455556666; allowed are 111122223333/,
    ],
    ["what is no account", { ...east, allowedAccountIds: ["acme"] }, "allowedAccountIds", /twelve digits/],
    ["an unknown setting", { ...east, regoin: "x" }, "regoin", /not a property/],
  ])("refuse %s", (_, settings, property, reason) => {
    const previous = process.env.AWS_REGION;
    delete process.env.AWS_REGION;
    const failures = configurationFailures(settings);
    if (previous !== undefined) process.env.AWS_REGION = previous;
    expect(failures).toContainEqual({ property, reason: expect.stringMatching(reason) });
  });

  test("name the account that is simulated", () => {
    expect(readConfiguration({ ...east, allowedAccountIds: ["111122223333"] }).account).toBe("111122223333");
    expect(readConfiguration(east).account).toBe("123456789012");
  });
});
