import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value, type Values } from "../value";
import { encryptedAtRest } from "./encrypted-at-rest";

const store = (type: string, properties: Values): Sample => ({ type: `aws:${type}`, properties });

function template(ebs: Value): Sample {
  return store("ec2/launchTemplate:LaunchTemplate", {
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }],
  });
}

const off = (path: string): string => `sample: ${path} is not true: set it.`;

export const encryptedAtRestCases: Cases = {
  policy: encryptedAtRest,
  catches: [
    {
      name: "disks in clear",
      resources: [
        store("ebs/volume:Volume", { size: 10 }),
        template({ encrypted: "false" }),
        store("ec2/instance:Instance", { ebsBlockDevices: [{ deviceName: "/dev/sdf" }] }),
      ],
      violations: [
        off("encrypted"),
        off("blockDeviceMappings[0].ebs.encrypted"),
        off("rootBlockDevice.encrypted"),
        off("ebsBlockDevices[0].encrypted"),
      ],
    },
    {
      name: "file systems and databases in clear",
      resources: [
        store("efs/fileSystem:FileSystem", {}),
        store("rds/instance:Instance", { storageEncrypted: false }),
        store("elasticache/replicationGroup:ReplicationGroup", {}),
      ],
      violations: [off("encrypted"), off("storageEncrypted"), off("atRestEncryptionEnabled")],
    },
    {
      name: "backups under AWS's key",
      resources: [store("backup/vault:Vault", { name: "volumes" })],
      violations: ["sample: kmsKeyArn is not set: name a key of your own."],
    },
    {
      name: "the image's root disk as it is, an old template, a search domain and a log group",
      resources: [
        store("ec2/launchTemplate:LaunchTemplate", { imageId: "ami-1" }),
        store("ec2/launchConfiguration:LaunchConfiguration", { rootBlockDevice: { encrypted: false } }),
        store("opensearch/domain:Domain", { encryptAtRest: { enabled: false } }),
        store("cloudwatch/logGroup:LogGroup", { name: "app", retentionInDays: 90 }),
      ],
      violations: [
        "sample: blockDeviceMappings is not set, so the root disk is as the image has it: set ebs.encrypted for it.",
        off("rootBlockDevice.encrypted"),
        off("encryptAtRest.enabled"),
        "sample: kmsKeyId is not set: name a key of your own.",
      ],
    },
    {
      name: "switched off in a block about encryption, or by its mode",
      resources: [
        store("kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
          serverSideEncryption: { enabled: false },
        }),
        store("glue/securityConfiguration:SecurityConfiguration", {
          encryptionConfiguration: { s3Encryption: { s3EncryptionMode: "DISABLED" } },
        }),
        store("ebs/encryptionByDefault:EncryptionByDefault", { enabled: false }),
      ],
      violations: [
        "sample: serverSideEncryption.enabled is false: encrypt it.",
        "sample: encryptionConfiguration.s3Encryption.s3EncryptionMode is DISABLED: encrypt it.",
        "sample: enabled is false: encrypt it.",
      ],
    },
    {
      name: "switched off under a name that many stores have",
      resources: [
        store("sqs/queue:Queue", { sqsManagedSseEnabled: false }),
        store("redshift/cluster:Cluster", { encrypted: "false" }),
        store("codebuild/project:Project", { artifacts: { encryptionDisabled: true } }),
      ],
      violations: [
        "sample: sqsManagedSseEnabled is false: encrypt it.",
        "sample: encrypted is false: encrypt it.",
        "sample: artifacts.encryptionDisabled is true: encrypt it.",
      ],
    },
    {
      name: "a replica in another region without a key there",
      resources: [
        store("rds/instance:Instance", { replicateSourceDb: "arn:aws:rds:eu-west-1:123456789012:db:main" }),
      ],
      violations: [off("storageEncrypted")],
    },
    {
      name: "switched off in a configuration that is JSON",
      resources: [
        {
          type: "aws:emr/securityConfiguration:SecurityConfiguration",
          properties: {
            configuration: JSON.stringify({
              EncryptionConfiguration: { EnableAtRestEncryption: false },
            }),
          },
        },
      ],
      violations: [
        "sample: configuration.EncryptionConfiguration.EnableAtRestEncryption is false: encrypt it.",
      ],
    },
  ],
  passes: [
    {
      name: "a table under AWS's key",
      resources: [store("dynamodb/table:Table", { serverSideEncryption: { enabled: false } })],
    },
    {
      name: "encrypted",
      resources: [
        store("ebs/volume:Volume", { encrypted: true }),
        template({ encrypted: "true" }),
        store("efs/fileSystem:FileSystem", { encrypted: true }),
        store("backup/vault:Vault", { kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1" }),
      ],
    },
    {
      name: "a disk of the instance's own",
      resources: [
        store("ec2/launchTemplate:LaunchTemplate", {
          blockDeviceMappings: [{ deviceName: "/dev/sdb", virtualName: "ephemeral0" }],
        }),
      ],
    },

    {
      name: "replicas, which are encrypted as their source is",
      resources: [
        store("rds/instance:Instance", { replicateSourceDb: "main" }),
        store("rds/instance:Instance", {
          replicateSourceDb: "arn:aws:rds:eu-west-1:123456789012:db:main",
          kmsKeyId: "arn:aws:kms:eu-west-2:123456789012:key/1",
        }),
      ],
    },
    {
      name: "logs that need no key of your own, and a queue that has one",
      configuration: { withoutKey: [{ names: ["samples"], reason: "They hold no data of customers" }] },
      resources: [
        store("cloudwatch/logGroup:LogGroup", { name: "samples" }),
        store("sqs/queue:Queue", { sqsManagedSseEnabled: false, kmsMasterKeyId: "alias/queues" }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its size is not known, it is in clear",
        resources: [template({ volumeSize: unknown, encrypted: "false" })],
        violations: [off("blockDeviceMappings[0].ebs.encrypted")],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [template(unknown), store("ebs/volume:Volume", { encrypted: unknown })],
      },
    ],
  },
  faults: [
    faults.without(faults.template, "blockDeviceMappings"),
    faults.only(/cluster-logs/, faults.without(/:LogGroup$/, "kmsKeyId")),
    faults.beside(/:Vpc$/, "aws:opensearch/domain:Domain", { encryptAtRest: { enabled: false } }),
    faults.set(faults.template, "blockDeviceMappings[].ebs.encrypted", "false"),
    faults.set(/:FileSystem$/, "encrypted", false),
    faults.without(/:Vault$/, "kmsKeyArn"),
  ],
};
