import { evidenceOf, faultsOf, type Piece } from "../../test/support/proofs/evidence";
import { servicesMay } from "./service-roles";
import { sessionsFit } from "./sessions";

const role = (service: string, condition?: object): Piece => ({
  type: "aws:iam/role:Role",
  name: "own",
  inputs: {
    assumeRolePolicy: JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: service },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          ...(condition && { Condition: { StringEquals: condition } }),
        },
      ],
    }),
  },
});
const attached = (...policies: readonly string[]): readonly Piece[] =>
  policies.map((policy) => ({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: policy,
    inputs: { role: "own", policyArn: `arn:aws:iam::aws:policy/service-role/${policy}` },
  }));
const arn = "arn:aws:iam/role:Role:own";
const faults = (...pieces: readonly Piece[]) => faultsOf(servicesMay, evidenceOf(...pieces));

const selection = (...resources: readonly string[]): Piece => ({
  type: "aws:backup/selection:Selection",
  name: "volumes",
  inputs: { iamRoleArn: arn, resources },
});
const [volumes, buckets] = ["arn:aws:ec2:*:*:volume/*", "arn:aws:s3:::*"];
const ofVolumes = ["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"];
const ofBuckets = ["AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore"];
const backup = "backup.amazonaws.com";

test.each<readonly [string, readonly Piece[], readonly string[]]>([
  ["volumes", [selection(volumes), role(backup), ...attached(...ofVolumes)], []],
  [
    "volumes, and cannot bring them back",
    [selection(volumes), role(backup), ...attached("AWSBackupServiceRolePolicyForBackup")],
    ["lacks the policy AWSBackupServiceRolePolicyForRestores"],
  ],
  [
    "buckets as if they were volumes",
    [selection(volumes, buckets), role(backup), ...attached(...ofVolumes)],
    ["ForS3Backup", "ForS3Restore"],
  ],
  [
    "volumes and buckets",
    [selection(volumes, buckets), role(backup), ...attached(...ofVolumes, ...ofBuckets)],
    [],
  ],
  [
    "volumes in a role for others",
    [selection(volumes), role("ec2.amazonaws.com"), ...attached(...ofVolumes)],
    ["is not to be assumed by backup.amazonaws.com"],
  ],
])("AWS Backup takes %s", (_, pieces, expected) => {
  expect(faults(...pieces)).toEqual(expected.map((rule) => expect.stringContaining(rule)));
});

test("control planes and add-ons have the policies of theirs", () => {
  const cluster = { type: "aws:eks/cluster:Cluster", name: "cluster", inputs: { roleArn: arn } };
  expect(faults(cluster, role("eks.amazonaws.com"), ...attached("AmazonEKSClusterPolicy"))).toEqual([]);
  expect(faults(cluster, role("eks.amazonaws.com"))).toHaveLength(1);
  const driver = (podIdentityAssociations?: readonly object[]): Piece => ({
    type: "aws:eks/addon:Addon",
    name: "driver",
    inputs: { addonName: "aws-ebs-csi-driver", podIdentityAssociations },
  });
  const pods = role("pods.eks.amazonaws.com");
  expect(faults(driver([{ roleArn: arn }]), pods, ...attached("AmazonEBSCSIDriverPolicyV2"))).toEqual([]);
  expect(faults(driver([{ roleArn: arn }]), pods)).toEqual([
    expect.stringContaining("lacks the policy AmazonEBSCSIDriverPolicy or AmazonEBSCSIDriverPolicyV2"),
  ]);
  expect(faults(driver())).toEqual(["driver: it has no role, and does nothing on AWS"]);
});

test("CloudWatch Logs may encrypt with the key of its groups", () => {
  const group = {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "logs",
    inputs: { kmsKeyId: "arn:aws:kms/key:Key:key" },
  };
  const key = (principal: object): Piece => ({
    type: "aws:kms/key:Key",
    name: "key",
    inputs: {
      policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: principal, Action: "kms:*" }] }),
    },
  });
  expect(faults(group, key({ Service: "logs.us-east-1.amazonaws.com" }))).toEqual([]);
  expect(faults(group, key({ AWS: "arn:aws:iam::123456789012:root" }))).toHaveLength(1);
});

describe("a session of pods", () => {
  const cluster = { type: "aws:eks/cluster:Cluster", name: "cluster", inputs: { name: "shop-prod" } };
  const association = (clusterName = "shop-prod"): Piece => ({
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    name: "cart",
    inputs: { clusterName, namespace: "shop", serviceAccount: "cart", roleArn: arn },
  });
  const tagged = (namespace: string | readonly string[], account = "cart") =>
    role("pods.eks.amazonaws.com", {
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": account,
    });
  const found = (...pieces: readonly Piece[]) => faultsOf(sessionsFit, evidenceOf(cluster, ...pieces));

  test("is of the account that the role lets in", () => {
    expect(found(association(), tagged("shop"))).toEqual([]);
    expect(found(association(), tagged(["shop", "till"]))).toEqual([]);
    expect(found(association(), tagged("till"))).toEqual([
      expect.stringContaining("its role is for the namespace till, and it gives it to shop"),
    ]);
    expect(found(association(), tagged("shop", "till"))).toHaveLength(1);
    expect(found(association(), role("pods.eks.amazonaws.com"))).toEqual([]);
  });

  test("is of the plan's own cluster", () => {
    expect(found(association("shop-staging"), tagged("shop"))).toEqual([
      expect.stringContaining("for the cluster shop-staging, and the plan makes shop-prod"),
    ]);
  });
});
