import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { ClusterStorage } from "./cluster";

/** The class of every volume snapshot. (C9) */
export const snapshotClassName = "retained";

/**
 * The class of volume snapshots, where the cluster's driver takes any: the one by default, and the one that backups use.
 * A snapshot outlives the object that stands for it, so that a deleted namespace does not take its backups along. (C9, P15)
 */
export function createSnapshotClass(
  name: string,
  { provisioner, snapshots }: ClusterStorage,
  options: CustomResourceOptions,
): void {
  if (snapshots === undefined) return;
  new CustomResource(
    `${name}-snapshot-class-${snapshotClassName}`,
    {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: {
        name: snapshotClassName,
        labels: { "velero.io/csi-volumesnapshot-class": "true" },
        annotations: { "snapshot.storage.kubernetes.io/is-default-class": "true" },
      },
      driver: provisioner,
      deletionPolicy: "Retain",
      ...(Object.keys(snapshots).length > 0 && { parameters: snapshots }),
    },
    options,
  );
}
