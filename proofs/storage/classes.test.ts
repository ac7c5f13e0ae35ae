import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { storage } from ".";

const faults = (...pieces: readonly Piece[]) => faultsOf(storage, evidenceOf(...pieces));

test.each([
  ["WaitForFirstConsumer", "ebs.csi.aws.com", 0],
  ["Immediate", "ebs.csi.aws.com", 1],
  [undefined, "ebs.csi.aws.com", 1],
  // Every node reaches these.
  ["Immediate", "efs.csi.aws.com", 0],
])("a class that binds its volumes %s, of %s", (volumeBindingMode, provisioner, count) => {
  const one = object("class", "storage.k8s.io/v1", "StorageClass", {
    metadata: { name: "fast" },
    provisioner,
    volumeBindingMode,
  });
  expect(faults(one).filter((fault) => fault.includes("before their pods have a node"))).toHaveLength(count);
});

test("a cluster has one default class", () => {
  const made = (name: string, isDefault: boolean) =>
    object(name, "storage.k8s.io/v1", "StorageClass", {
      metadata: { name, annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefault) } },
      provisioner: "ebs.csi.aws.com",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    });
  expect(faults(made("one", true), made("other", false))).toEqual([]);
  expect(faults(made("one", true), made("other", true))).toHaveLength(2);
});

test.each([
  ["ebs.csi.aws.com", true, 0],
  ["ebs.csi.aws.com", false, 1],
  ["ebs.csi.aws.com", undefined, 1],
  // Files have no size.
  ["efs.csi.aws.com", false, 0],
])("a class of %s whose volumes grow: %s", (provisioner, allowVolumeExpansion, count) => {
  const one = object("class", "storage.k8s.io/v1", "StorageClass", {
    metadata: { name: "fast" },
    provisioner,
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion,
  });
  expect(faults(one).filter((fault) => fault.includes("cannot be made larger"))).toHaveLength(count);
});
