import { CloudError } from "../../clouds/errors";
import { oneOf } from "../../clouds/rules";
import { failure, holds, partOf, type Request, type Rule, refers, type Tables } from "../../clouds/table";
import { flag, text, texts } from "../../clouds/values";
import { madeIn, removeMade } from "../../cluster/cloud-controller/registry";
import type { Values } from "../standin";
import { derived, prefixed, regionalArn } from "./names";
import { policyDocument } from "./policy-document";
import { sameVpc } from "./same-vpc";
import { tokens } from "./tokens";

const ages = [1, 7, 14, 30, 60, 90, 180, 270, 365].map((days) => `AFTER_${days}_DAY${days === 1 ? "" : "S"}`);

const elasticOnly: Rule = (inputs) =>
  text(inputs, "throughputMode") === "elastic" && text(inputs, "performanceMode") === "maxIO"
    ? [failure("throughputMode", 'BadRequest: "elastic" needs the performanceMode "generalPurpose"')]
    : [];

const keyOfEncrypted: Rule = (inputs) =>
  text(inputs, "kmsKeyId") !== undefined && flag(inputs, "encrypted") !== true
    ? [failure("kmsKeyId", "BadRequest: a key needs encrypted: true")]
    : [];

async function zoneOf({ inputs, neighbours }: Request): Promise<string> {
  const subnet = await neighbours.find(tokens.subnet, text(inputs, "subnetId") ?? "");
  return subnet ? (text(subnet.computed, "availabilityZone") ?? "") : "";
}

/** A file system has one mount target in a zone, and all of them in one VPC. */
async function admitMountTarget(request: Request): Promise<void> {
  const { inputs, id, neighbours, resource } = request;
  await sameVpc(request, { subnetId: tokens.subnet, securityGroups: tokens.securityGroup });
  const zone = await zoneOf(request);
  const fileSystemId = text(inputs, "fileSystemId");
  for (const other of await neighbours.list(resource.type)) {
    if (other.id === id || other.inputs.fileSystemId !== fileSystemId) continue;
    if (zone !== (await zoneOf({ ...request, inputs: other.inputs }))) continue;
    throw new CloudError("MountTargetConflict", `${fileSystemId} already has ${other.id} in ${zone}`);
  }
}

function addressesOf(fileSystemId: string, { region, account }: Request): Values {
  return {
    fileSystemArn: `arn:aws:elasticfilesystem:${region}:${account}:file-system/${fileSystemId}`,
    dnsName: `${fileSystemId}.efs.${region}.amazonaws.com`,
  };
}

/** A cluster's volumes are access points of a file system: they end with it, kept or not. */
async function removeAccessPoints(fileSystemId: string): Promise<void> {
  const volumes = await madeIn("aws", "volumes");
  for (const volume of volumes.filter(({ id }) => id.startsWith(`${fileSystemId}::`))) {
    await removeMade("aws", "volumes", volume);
  }
}

/** Elastic File System: what nodes in several zones mount at once. */
export const files: Tables = {
  [tokens.fileSystem]: {
    label: "EFS file system",
    replaces: ["availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"],
    defaults: { performanceMode: "generalPurpose", throughputMode: "bursting" },
    newId: prefixed("fs-0"),
    notFound: "FileSystemNotFound",
    rules: [
      oneOf("performanceMode", ["generalPurpose", "maxIO"]),
      oneOf("throughputMode", ["bursting", "provisioned", "elastic"]),
      oneOf("lifecyclePolicies.transitionToIa", ages),
      oneOf("lifecyclePolicies.transitionToArchive", ages),
      oneOf("lifecyclePolicies.transitionToPrimaryStorageClass", ["AFTER_1_ACCESS"]),
      elasticOnly,
      keyOfEncrypted,
    ],
    release: ({ id }) => removeAccessPoints(id),
    links: { kmsKeyId: refers([tokens.key, tokens.alias], /alias\/aws\//) },
    compute: (request) => ({
      ...regionalArn("elasticfilesystem", ({ id }) => `file-system/${id}`)(request),
      dnsName: `${request.id}.efs.${request.region}.amazonaws.com`,
      creationToken: text(request.inputs, "creationToken") ?? `terraform-${derived(request.id)}`,
      name: text(request.inputs, "tags.Name") ?? "",
    }),
  },
  "aws:efs/mountTarget:MountTarget": {
    label: "EFS mount target",
    replaces: ["fileSystemId", "subnetId", "ipAddress", "ipAddressType", "ipv6Address"],
    newId: prefixed("fsmt-0"),
    rules: [
      (inputs) =>
        texts(inputs, "securityGroups").length > 5
          ? [failure("securityGroups", "SecurityGroupLimitExceeded: a mount target has five at most")]
          : [],
    ],
    links: {
      fileSystemId: holds(tokens.fileSystem),
      subnetId: holds(tokens.subnet),
      securityGroups: holds(tokens.securityGroup),
    },
    admit: admitMountTarget,
    compute: (request) => ({
      ...addressesOf(text(request.inputs, "fileSystemId") ?? "", request),
      networkInterfaceId: `eni-0${derived(request.id)}`,
    }),
  },
  "aws:efs/fileSystemPolicy:FileSystemPolicy": {
    label: "EFS file system policy",
    replaces: ["fileSystemId"],
    rules: [policyDocument("policy", "resource", 20_000)],
    links: { fileSystemId: partOf(tokens.fileSystem) },
    identify: (inputs) => text(inputs, "fileSystemId") ?? "",
  },
};
