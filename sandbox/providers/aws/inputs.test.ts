import {
  acl,
  group,
  key,
  policy,
  preview,
  trust,
  vpcConfig,
  west,
} from "../../../test/support/clouds/aws-cloud";
import type { Values } from "../standin";

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
