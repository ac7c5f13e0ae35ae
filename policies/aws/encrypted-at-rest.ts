import type { Resource, ResourcePolicy } from "../policy";
import { at, items, unknown, type Value } from "../value";

/** Stores, and the property that has each encrypt. */
const switches: Readonly<Record<string, string>> = {
  "aws:ebs/volume:Volume": "encrypted",
  "aws:efs/fileSystem:FileSystem": "encrypted",
  "aws:rds/cluster:Cluster": "storageEncrypted",
  "aws:rds/instance:Instance": "storageEncrypted",
  "aws:elasticache/replicationGroup:ReplicationGroup": "atRestEncryptionEnabled",
  "aws:docdb/cluster:Cluster": "storageEncrypted",
  "aws:neptune/cluster:Cluster": "storageEncrypted",
};

/** Stores, and the property that names the key; without it AWS's own is used. */
const keys: Readonly<Record<string, string>> = { "aws:backup/vault:Vault": "kmsKeyArn" };

const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";
const instance = "aws:ec2/instance:Instance";

export const encryptedAtRest: ResourcePolicy = {
  id: "aws-encrypted-at-rest",
  scope: "resource",
  what: "Disks, file systems, databases and backups are encrypted.",
  why: "Snapshots are shared and disks are reused; what lies on them in clear goes along.",
  severity: "high",
  standards: ["CIS AWS Foundations 2.2.1, 2.3.1, 2.4.1", "PCI-DSS 4: 3.5.1", "K6"],
  remediation:
    "Set encrypted or storageEncrypted to true (blockDeviceMappings[].ebs.encrypted in a launch template), and kmsKeyArn on a backup vault.",
  remediates: "Sets encrypted to true on the disks of launch templates that are not made from a snapshot.",
  appliesTo: (type) =>
    Object.hasOwn(switches, type) ||
    Object.hasOwn(keys, type) ||
    type === launchTemplate ||
    type === instance,
  *validate(resource) {
    for (const [path, value, from] of demanded(resource)) {
      if (value === unknown || value === true || value === "true") continue;
      const message = `${path} is not true: set it.`;
      // All else that holds data already would be replaced, and so lost.
      const isSafe = resource.type === launchTemplate && from === undefined;
      yield isSafe ? { message, path, value: "true" } : message;
    }
    const key = Object.hasOwn(keys, resource.type) ? keys[resource.type] : undefined;
    if (key !== undefined && at(resource.properties, key) === undefined) {
      yield `${key} is not set: name a key of your own.`;
    }
  },
};

function demanded({
  type,
  properties,
}: Resource): readonly (readonly [path: string, value: Value | undefined, from?: Value])[] {
  const name = Object.hasOwn(switches, type) ? switches[type] : undefined;
  if (name !== undefined) return [[name, at(properties, name)]];
  if (type === launchTemplate) {
    return items(at(properties, "blockDeviceMappings")).flatMap((mapping, index) =>
      mapping === unknown || at(mapping, "ebs") === undefined
        ? []
        : [
            [
              `blockDeviceMappings[${index}].ebs.encrypted`,
              at(mapping, "ebs", "encrypted"),
              at(mapping, "ebs", "snapshotId"),
            ] as const,
          ],
    );
  }
  if (type !== instance) return [];
  return [
    ["rootBlockDevice.encrypted", at(properties, "rootBlockDevice", "encrypted")],
    ...items(at(properties, "ebsBlockDevices")).map(
      (device, index) =>
        [
          `ebsBlockDevices[${index}].encrypted`,
          device === unknown ? unknown : at(device, "encrypted"),
        ] as const,
    ),
  ];
}
