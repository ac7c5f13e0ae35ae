import * as pulumi from "@pulumi/pulumi";
import {
  lean,
  policyIn,
  production,
  type RecordedPlatform,
  recordPlatform,
} from "../../test/support/recorded/aws-platform";

// Describing a whole platform takes seconds on a busy machine.
jest.setTimeout(120_000);

let prod: RecordedPlatform;
beforeAll(async () => {
  prod = await recordPlatform({ ...lean, volumeBackups: production.volumeBackups });
});

const fileSystem = "efs/fileSystem:FileSystem";
const fileSystemId = "id-of-aws-shared-files-file-system";

test("files are encrypted with the data's key, elastic, and cool down after a month", () => {
  expect(prod.one(fileSystem).inputs).toMatchObject({
    encrypted: true,
    kmsKeyId: "arn:mocked:Key/aws-data-key-key",
    performanceMode: "generalPurpose",
    throughputMode: "elastic",
    lifecyclePolicies: [{ transitionToIa: "AFTER_30_DAYS" }],
  });
});

test("every zone's nodes have a mount target next to them, and they alone reach it, by NFS", () => {
  expect(prod.all("efs/mountTarget:MountTarget").map(({ inputs }) => inputs)).toEqual(
    ["a", "b", "c"].map((zone) => ({
      fileSystemId,
      subnetId: `id-of-aws-network-private-us-east-1${zone}`,
      securityGroups: ["id-of-aws-shared-files-access"],
    })),
  );
  const rules = prod
    .all("vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    .filter(({ inputs }) => inputs.securityGroupId === "id-of-aws-shared-files-access");
  expect(
    rules.map(({ inputs }) => [inputs.cidrIpv4, inputs.ipProtocol, inputs.fromPort, inputs.toPort]),
  ).toEqual([
    ["10.20.0.0/18", "tcp", 2049, 2049],
    ["10.20.64.0/18", "tcp", 2049, 2049],
    ["10.20.128.0/18", "tcp", 2049, 2049],
  ]);
});

test("nobody mounts without TLS, past an access point, or as root", () => {
  const policy = prod.one("efs/fileSystemPolicy:FileSystemPolicy");
  expect(policy.inputs.fileSystemId).toBe(fileSystemId);
  expect(policy.options.retainOnDelete).toBe(true);
  const [mount, tls] = policyIn(policy).Statement;
  expect(mount).toMatchObject({
    Effect: "Allow",
    Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
    Condition: {
      Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
      ArnLike: {
        "elasticfilesystem:AccessPointArn": "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/*",
      },
    },
  });
  expect(tls).toMatchObject({
    Effect: "Deny",
    Action: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
});

test("the volumes' backups find them, by their tags", () => {
  const [selection] = prod.all("backup/selection:Selection");
  expect(selection?.inputs.resources).toContain("arn:aws:elasticfilesystem:*:*:file-system/*");
  const wanted = [
    { key: "aws:ResourceTag/ai-platform/backup", value: "daily" },
    { key: "aws:ResourceTag/ai-platform/cluster", value: "atlas-prod" },
  ];
  const scratch = { key: "aws:ResourceTag/ai-platform/scratch", value: "true" };
  expect(selection?.inputs.conditions).toEqual([{ stringEquals: wanted, stringNotEquals: [scratch] }]);
  expect(prod.one(fileSystem).inputs.tags).toMatchObject({
    "ai-platform/backup": "daily",
    "ai-platform/cluster": "atlas-prod",
  });
});

test("the cluster makes a folder of each shared volume, which belongs to the workloads' user", async () => {
  const { shared } = prod.platform.cluster.storage;
  expect(shared?.provisioner).toBe("efs.csi.aws.com");
  const parameters = await new Promise((resolve) => {
    pulumi.output(shared?.parameters ?? {}).apply(resolve);
  });
  expect(parameters).toEqual({
    provisioningMode: "efs-ap",
    fileSystemId,
    directoryPerms: "770",
    uid: "1001",
    gid: "1001",
  });
});
