import { createHash } from "node:crypto";
import {
  ebsRules,
  efsRules,
  linodeVolumeRules,
  localPathRules,
  type VolumeRules,
} from "../../../facts/volume-rules";
import type { Cloud } from "../types";
import type { StorageClass } from "./objects";

/** A driver that makes volumes by the rules of its cloud. */
export interface VolumeDriver extends VolumeRules {
  readonly expands: boolean;
  /** True when a volume can only be made for a node that is known already. */
  readonly needsNode: boolean;
  /** The cloud's id of the volume made for a claim. */
  readonly idOf: (claimUid: string, storageClass: StorageClass) => string;
  /** The volume's source in a PersistentVolume. */
  readonly sourceOf: (id: string, storageClass: StorageClass) => object;
}

/** Disks of AWS. */
export const ebs: VolumeDriver = {
  ...ebsRules,
  expands: true,
  needsNode: false,
  idOf: (uid) => `vol-0${digest(uid).slice(0, 16)}`,
  sourceOf: (id, storageClass) => csi("ebs.csi.aws.com", id, storageClass),
};

/** Access points of file systems of AWS, which have no size of their own. */
export const efs: VolumeDriver = {
  ...efsRules,
  expands: false,
  needsNode: false,
  idOf: (uid, { parameters }) => `${parameters?.fileSystemId}::fsap-0${digest(uid).slice(0, 16)}`,
  sourceOf: (id) => ({ csi: { driver: "efs.csi.aws.com", volumeHandle: id } }),
};

/** Disks of Linode. */
export const linodeBlockStorage: VolumeDriver = {
  ...linodeVolumeRules,
  expands: true,
  needsNode: false,
  idOf: (uid) =>
    `${Number.parseInt(digest(uid).slice(0, 8), 16) % 10_000_000}-pvc${digest(uid).slice(0, 12)}`,
  sourceOf: (id, storageClass) => csi("linodebs.csi.linode.com", id, storageClass),
};

/** Folders of a node of a cluster on this machine. */
export const localPath: VolumeDriver = {
  ...localPathRules,
  expands: false,
  needsNode: true,
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
