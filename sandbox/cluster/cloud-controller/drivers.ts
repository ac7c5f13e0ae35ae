import { createHash } from "node:crypto";
import type { Cloud } from "../types";
import type { StorageClass } from "./objects";

/** What a cloud's volume driver can do, as its documentation says. */
export interface VolumeDriver {
  readonly provisioner: string;
  readonly accessModes: readonly string[];
  /** Smallest volume, GiB. */
  readonly leastGibibytes: number;
  readonly expands: boolean;
  /** Node label within whose value a volume can be used. */
  readonly topologyKey: string;
  /** True when a volume can only be made for a node that is known already. */
  readonly needsNode: boolean;
  /** What is wrong with a class's parameters; undefined when nothing is. */
  readonly faultOf: (parameters: Readonly<Record<string, string>>) => string | undefined;
  /** The cloud's id of the volume made for a claim. */
  readonly idOf: (claimUid: string) => string;
  /** The volume's source in a PersistentVolume. */
  readonly sourceOf: (id: string, storageClass: StorageClass) => object;
}

const ebsTypes = ["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"];

export const drivers: Readonly<Record<Cloud, VolumeDriver>> = {
  aws: {
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
  },
  linode: {
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
  },
  local: {
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
  },
};

function csi(driver: string, volumeHandle: string, { parameters }: StorageClass): object {
  return { csi: { driver, volumeHandle, fsType: parameters?.["csi.storage.k8s.io/fstype"] ?? "ext4" } };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
