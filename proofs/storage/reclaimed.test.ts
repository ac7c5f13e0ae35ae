import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { storage } from ".";
import { volumesOutliveClaims } from "./reclaimed";

const namespace = "shop";

/** Says that the stack protects data. */
const protectedBucket: Piece = {
  type: "aws:s3/bucket:Bucket",
  name: "data",
  inputs: {},
  options: { protect: true },
};
const storageClass = (name: string, reclaimPolicy?: string, isDefault = false) =>
  object(`class-${name}`, "storage.k8s.io/v1", "StorageClass", {
    metadata: {
      name,
      annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefault) },
    },
    provisioner: "efs.csi.aws.com",
    ...(reclaimPolicy && { reclaimPolicy }),
  });
const claim = (storageClassName?: string, protect = true): Piece => ({
  ...object("claim", "v1", "PersistentVolumeClaim", {
    metadata: { name: "carts", namespace },
    spec: { storageClassName, accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } } },
  }),
  options: { protect },
});
const store = (kind: string, claimName: string) =>
  object("store", "apps/v1", kind, {
    metadata: { name: "store", namespace },
    spec: {
      template: { spec: { containers: [{ name: "store", image: "store:1" }] } },
      volumeClaimTemplates: [
        {
          metadata: { name: claimName },
          spec: {
            storageClassName: "fast",
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: "1Gi" } },
          },
        },
      ],
    },
  });
const faults = (...pieces: readonly Piece[]) => faultsOf(volumesOutliveClaims, evidenceOf(...pieces));

const lost = "its class fast deletes the volume with the claim, and the stack protects its data";

test.each([
  ["Retain", []],
  ["Delete", [`aws: PersistentVolumeClaim shop/carts, claim carts: ${lost}`]],
  // What a class does that says nothing.
  [undefined, [`aws: PersistentVolumeClaim shop/carts, claim carts: ${lost}`]],
])("a claim of a class whose volumes it %ss", (policy, expected) => {
  expect(faults(protectedBucket, storageClass("fast", policy), claim("fast"))).toEqual(expected);
});

test("a claim without a class has the cluster's default", () => {
  const classes = [storageClass("slow", "Delete", true), storageClass("fast", "Retain")];
  expect(faults(protectedBucket, ...classes, claim())).toEqual([expect.stringContaining("its class slow")]);
});

test("a claim that is not protected, and a stack that protects nothing, may lose it", () => {
  expect(faults(protectedBucket, storageClass("fast", "Delete"), claim("fast", false))).toEqual([]);
  expect(faults(storageClass("fast", "Delete"), claim("fast", false))).toEqual([]);
});

test("claims of a StatefulSet outlive it too, unless their content is made again", () => {
  const fast = storageClass("fast", "Delete");
  expect(faults(protectedBucket, fast, store("StatefulSet", "data"))).toEqual([
    `aws: StatefulSet shop/store, claim data: ${lost}`,
  ]);
  // The name alone is no reason: the log of MongoDB may go, and this is another's.
  expect(faults(protectedBucket, fast, store("StatefulSet", "logs-volume"))).toHaveLength(1);
});

test("logs of MongoDB are collected: their volume may go, and its data may not", () => {
  const template = (name: string) => ({
    metadata: { name },
    spec: {
      storageClassName: "fast",
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1Gi" } },
    },
  });
  const documents = object("documents", "mongodbcommunity.mongodb.com/v1", "MongoDBCommunity", {
    metadata: { name: "documents", namespace },
    spec: {
      members: 1,
      type: "ReplicaSet",
      version: "8.0.0",
      users: [],
      statefulSet: { spec: { volumeClaimTemplates: [template("data-volume"), template("logs-volume")] } },
    },
  });
  const found = faults(protectedBucket, storageClass("fast", "Delete"), documents);
  expect(found.some((fault) => fault.includes("claim data-volume"))).toBe(true);
  expect(found.some((fault) => fault.includes("claim logs-volume"))).toBe(false);
});

test.each([
  ["Retain", 0],
  ["Delete", 1],
])("a volume of one's own that is to be reclaimed by %s", (persistentVolumeReclaimPolicy, count) => {
  const volume = object("volume", "v1", "PersistentVolume", {
    metadata: { name: "archive" },
    spec: { persistentVolumeReclaimPolicy },
  });
  expect(faults(protectedBucket, volume)).toHaveLength(count);
});

test.each([
  ["Retain", 0],
  ["Delete", 1],
])("snapshots whose class says %s", (deletionPolicy, count) => {
  const snapshots = object("snapshots", "snapshot.storage.k8s.io/v1", "VolumeSnapshotClass", {
    metadata: { name: "disks" },
    driver: "ebs.csi.aws.com",
    deletionPolicy,
  });
  expect(faults(protectedBucket, snapshots)).toHaveLength(count);
});

test("the proof has all of it", () => {
  const found = faultsOf(storage, evidenceOf(protectedBucket, storageClass("fast", "Delete"), claim("fast")));
  expect(found).toContain(`aws: PersistentVolumeClaim shop/carts, claim carts: ${lost}`);
});
