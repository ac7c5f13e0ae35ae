import { createHash } from "node:crypto";
import type { Cloud } from "../types";
import type { StorageClass } from "./objects";

/** What a volume driver can do, as its documentation says. */
export interface VolumeDriver {
  readonly provisioner: string;
  readonly accessModes: readonly string[];
  /** Smallest volume, GiB. */
  readonly leastGibibytes: number;
  readonly expands: boolean;
  /** Node label within whose value a volume can be used; undefined where every node reaches it. */
  readonly topologyKey?: string;
  /** True when a volume can only be made for a node that is known already. */
  readonly needsNode: boolean;
  /** What is wrong with a class's parameters; undefined when nothing is. */
  readonly faultOf: (parameters: Readonly<Record<string, string>>) => string | undefined;
  /** The cloud's id of the volume made for a claim. */
  readonly idOf: (claimUid: string, storageClass: StorageClass) => string;
  /** The volume's source in a PersistentVolume. */
  readonly sourceOf: (id: string, storageClass: StorageClass) => object;
}

const ebsTypes = ["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"];

/** Disks of AWS. */
export const ebs: VolumeDriver = {
  provisioner: "ebs.csi.aws.com",
  accessModes: ["ReadWriteOnce", "ReadWriteOncePod"],
  leastGibibytes: 1,
  expands: true,
  topologyKey: "topology.kubernetes.io/zone",
  needsNode: false,
  faultOf: ({ type = "gp3", iops, iopsPerGB }) => {
    if (!ebsTypes.includes(type)) {
      return `EBS has no volume type "${type}"; it has ${ebsTypes.join(", ")}`;
    }
    return type.startsWith("io") && iops === undefined && iopsPerGB === undefined
      ? `EBS volumes of type ${type} need the parameter "iops" or "iopsPerGB"`
      : undefined;
  },
  idOf: (uid) => `vol-0${digest(uid).slice(0, 16)}`,
  sourceOf: (id, storageClass) => csi("ebs.csi.aws.com", id, storageClass),
};

/** Access points of file systems of AWS, which have no size of their own. */
export const efs: VolumeDriver = {
  provisioner: "efs.csi.aws.com",
  accessModes: ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"],
  leastGibibytes: 0,
  expands: false,
  needsNode: false,
  faultOf: ({ provisioningMode, fileSystemId = "", directoryPerms }) => {
    if (provisioningMode !== "efs-ap") {
      return `EFS volumes need the parameter "provisioningMode", which is "efs-ap"; found ${JSON.stringify(provisioningMode)}`;
    }
    if (!/^fs-[0-9a-f]+$/.test(fileSystemId)) {
      return `EFS volumes need the parameter "fileSystemId", for example fs-0123456789abcdef0; found "${fileSystemId}"`;
    }
    return directoryPerms === undefined
      ? 'EFS volumes need the parameter "directoryPerms", for example "770"'
      : undefined;
  },
  idOf: (uid, { parameters }) => `${parameters?.fileSystemId}::fsap-0${digest(uid).slice(0, 16)}`,
  sourceOf: (id) => ({ csi: { driver: "efs.csi.aws.com", volumeHandle: id } }),
};

/** Disks of Linode. */
export const linodeBlockStorage: VolumeDriver = {
  provisioner: "linodebs.csi.linode.com",
  accessModes: ["ReadWriteOnce", "ReadWriteOncePod"],
  leastGibibytes: 10,
  expands: true,
  topologyKey: "topology.kubernetes.io/region",
  needsNode: false,
  faultOf: () => undefined,
  idOf: (uid) =>
    `${Number.parseInt(digest(uid).slice(0, 8), 16) % 10_000_000}-pvc${digest(uid).slice(0, 12)}`,
  sourceOf: (id, storageClass) => csi("linodebs.csi.linode.com", id, storageClass),
};

/** Folders of a node of a cluster on this machine. */
export const localPath: VolumeDriver = {
  provisioner: "rancher.io/local-path",
  accessModes: ["ReadWriteOnce", "ReadWriteOncePod"],
  leastGibibytes: 0,
  expands: false,
  topologyKey: "kubernetes.io/hostname",
  needsNode: true,
  faultOf: () => undefined,
  idOf: (uid) => `pvc-${uid}`,
  sourceOf: (id) => ({
    hostPath: { path: `/opt/local-path-provisioner/${id}`, type: "DirectoryOrCreate" },
  }),
};

/** The drivers that run in the clusters of each cloud. */
export const drivers: Readonly<Record<Cloud, readonly VolumeDriver[]>> = {
  aws: [ebs, efs],
  linode: [linodeBlockStorage],
  local: [localPath],
};

function csi(driver: string, volumeHandle: string, { parameters }: StorageClass): object {
  return { csi: { driver, volumeHandle, fsType: parameters?.["csi.storage.k8s.io/fstype"] ?? "ext4" } };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
