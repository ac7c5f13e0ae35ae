import type { ClusterStorage } from "../cluster/cluster";

/**
 * Linode Block Storage has one kind of volume, on NVMe disks, so both storage classes are the same but for what the
 * cluster does with them. Volumes are encrypted at rest with keys of Linode's (C9).
 *
 * There are no volume snapshots: Linode's volumes have none, and so neither has the driver, which can clone a volume.
 *
 * @see https://github.com/linode/linode-blockstorage-csi-driver docs/encrypted-drives.md, internal/driver/errors.go (2026-07)
 */
const volume = {
  "linodebs.csi.linode.com/encrypted": "true",
  "csi.storage.k8s.io/fstype": "ext4",
} as const;

/** How LKE makes volumes. */
export const linodeStorage: ClusterStorage = {
  provisioner: "linodebs.csi.linode.com",
  fast: volume,
  standard: volume,
};
