import { everywhereAndInJson } from "../everywhere";
import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";
import type { Resource } from "../resource";
import { at, items, unknown, type Value } from "../value";

interface Configuration {
  readonly withoutKey: readonly Exception[];
}

/** Stores that are not encrypted by default, and the property that encrypts each. */
const switches: Readonly<Record<string, string>> = {
  "aws:dax/cluster:Cluster": "serverSideEncryption.enabled",
  "aws:docdb/cluster:Cluster": "storageEncrypted",
  "aws:ebs/volume:Volume": "encrypted",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": "rootBlockDevice.encrypted",
  "aws:ec2/instance:Instance": "rootBlockDevice.encrypted",
  "aws:ec2/launchConfiguration:LaunchConfiguration": "rootBlockDevice.encrypted",
  "aws:efs/fileSystem:FileSystem": "encrypted",
  "aws:elasticache/replicationGroup:ReplicationGroup": "atRestEncryptionEnabled",
  "aws:elasticsearch/domain:Domain": "encryptAtRest.enabled",
  "aws:neptune/cluster:Cluster": "storageEncrypted",
  "aws:opensearch/domain:Domain": "encryptAtRest.enabled",
  "aws:rds/cluster:Cluster": "storageEncrypted",
  "aws:rds/globalCluster:GlobalCluster": "storageEncrypted",
  "aws:rds/instance:Instance": "storageEncrypted",
};

/** Resources that use AWS's own key, or none, unless a key is named. */
const keys: Readonly<Record<string, string>> = {
  "aws:backup/vault:Vault": "kmsKeyArn",
  "aws:cloudwatch/logGroup:LogGroup": "kmsKeyId",
};

/** Names of encryption switches of all kinds of stores, and the value that turns each off. */
const off: Readonly<Record<string, RegExp>> = {
  EnableAtRestEncryption: /^false$/,
  atRestEncryptionEnabled: /^false$/,
  encrypted: /^false$/,
  encryptionDisabled: /^true$/,
  encryptionType: /^NONE$/,
  rootVolumeEncryptionEnabled: /^false$/,
  sqsManagedSseEnabled: /^false$/,
  storageEncrypted: /^false$/,
  userVolumeEncryptionEnabled: /^false$/,
};

/** The switch within a block about encryption, whatever the service calls it. */
const switched = /encrypt[a-z]*(\[\d+\])?\.enabled$/i;

const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";

export const encryptedAtRest: ResourcePolicy<Configuration> = {
  id: "aws-encrypted-at-rest",
  scope: "resource",
  what: "Disks, file systems, databases, queues, logs and backups are encrypted.",
  why: "Snapshots are shared and disks are reused; what lies on them in clear goes along.",
  severity: "high",
  standards: ["CIS AWS Foundations 2.2.1, 2.3.1, 2.4.1", "PCI-DSS 4: 3.5.1", "K6"],
  remediation:
    "Set encrypted or storageEncrypted to true (blockDeviceMappings[].ebs.encrypted in a launch template), and the key of a backup vault or a log group.",
  remediates: "Sets encrypted to true on the disks of launch templates that are not made from a snapshot.",
  configuration: {
    withoutKey: exceptions("Log groups, by name, that AWS may encrypt by its own key."),
  },
  appliesTo: (type) => type.startsWith("aws:"),
  *validate(resource, { withoutKey }) {
    const { type, properties } = resource;
    const demands = demanded(resource);
    for (const { path, value, isSafe } of demands) {
      if (value === unknown || String(value) === "true") continue;
      const message = `${path} is not true: set it.`;
      // Setting it on anything else that holds data would replace the resource and lose the data.
      yield isSafe ? { message, path, value: "true" } : message;
    }
    for (const { path, key, value } of everywhereAndInJson(properties, /encrypt/i)) {
      if (value === unknown || !isOff(path, key, value, type)) continue;
      if (demands.some((one) => one.path === path) || isKeyed(key, properties)) continue;
      yield `${path} is ${String(value)}: encrypt it.`;
    }
    if (type === launchTemplate && at(properties, "blockDeviceMappings") === undefined) {
      yield "blockDeviceMappings is not set, so the root disk is as the image has it: set ebs.encrypted for it.";
    }
    const key = Object.hasOwn(keys, type) ? keys[type] : undefined;
    const name = at(properties, "name");
    if (key === undefined || at(properties, key) !== undefined) return;
    if (namesOf(withoutKey).some((one) => name === unknown || name === one)) return;
    yield `${key} is not set: name a key of your own.`;
  },
};

/** The switch of a region for all new disks. */
const byDefault = "aws:ebs/encryptionByDefault:EncryptionByDefault";

/** DynamoDB encrypts by a key of AWS where its switch is off. */
const alwaysEncrypted = "aws:dynamodb/table:Table";

function isOff(path: string, key: string, value: Value, type: string): boolean {
  if (Object.hasOwn(off, key)) return off[key]?.test(String(value)) === true;
  if (key === "enabled") {
    return value === false && type !== alwaysEncrypted && (switched.test(path) || type === byDefault);
  }
  return value === "DISABLED" && key.endsWith("EncryptionMode");
}

/** A queue with its own key does not need SQS's. */
function isKeyed(key: string, properties: Value): boolean {
  return key === "sqsManagedSseEnabled" && at(properties, "kmsMasterKeyId") !== undefined;
}

interface Demand {
  readonly path: string;
  readonly value: Value | undefined;
  /** Whether setting it replaces nothing. */
  readonly isSafe?: true;
}

function demanded(resource: Resource): readonly Demand[] {
  const { type, properties } = resource;
  if (type === launchTemplate) return items(at(properties, "blockDeviceMappings")).flatMap(ofTemplate);
  const path = Object.hasOwn(switches, type) ? switches[type] : undefined;
  const disks: readonly Demand[] = items(at(properties, "ebsBlockDevices")).map((device, index) => ({
    path: `ebsBlockDevices[${index}].encrypted`,
    value: device === unknown ? unknown : at(device, "encrypted"),
  }));
  if (path === undefined) return disks;
  return isInherited(properties) ? [] : [{ path, value: at(properties, ...path.split(".")) }, ...disks];
}

function ofTemplate(mapping: Value, index: number): readonly Demand[] {
  if (mapping === unknown || at(mapping, "ebs") === undefined) return [];
  const demand: Demand = {
    path: `blockDeviceMappings[${index}].ebs.encrypted`,
    value: at(mapping, "ebs", "encrypted"),
  };
  return [at(mapping, "ebs", "snapshotId") === undefined ? { ...demand, isSafe: true } : demand];
}

/** A replica is encrypted like its source; one in another region uses a key of that region. */
function isInherited(properties: Value): boolean {
  const source = at(properties, "replicateSourceDb") ?? at(properties, "replicationSourceIdentifier");
  if (source === undefined) return false;
  if (source === unknown || !String(source).startsWith("arn:")) return true;
  return at(properties, "kmsKeyId") !== undefined;
}
