import type { Cases, Sample } from "../testing/cases";
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
  ],
  passes: [
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
};
