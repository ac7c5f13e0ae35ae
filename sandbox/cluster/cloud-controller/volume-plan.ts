import { createHash } from "node:crypto";
import { bytesOf } from "../../../primitives/quantity";
import type { VolumeDriver } from "./drivers";
import type { Claim, StorageClass, Volume } from "./objects";
import { wholeGibibytes } from "./quantity";

/** What a cloud's volume drivers have to do now. */
export type VolumeAction =
  | {
      readonly kind: "provision";
      readonly driver: VolumeDriver;
      readonly claim: Claim;
      readonly storageClass: StorageClass;
      readonly size: string;
      /** Node that the scheduler chose; undefined when the volume is wanted before any pod. */
      readonly node: string | undefined;
    }
  | { readonly kind: "refuse"; readonly claim: Claim; readonly reason: string }
  | { readonly kind: "expand"; readonly claim: Claim; readonly volume: Volume; readonly size: string }
  | { readonly kind: "destroy"; readonly volume: Volume }
  | { readonly kind: "release"; readonly volume: Volume };

export interface VolumeSnapshot {
  readonly claims: readonly Claim[];
  readonly classes: readonly StorageClass[];
  readonly volumes: readonly Volume[];
}

export const selectedNode = "volume.kubernetes.io/selected-node";
export const provisionedBy = "pv.kubernetes.io/provisioned-by";
/** Keeps a PersistentVolume until its disk is gone, so that deleting the object alone leaks nothing. */
export const volumeFinalizer = "external-provisioner.volume.kubernetes.io/finalizer";

const askedProvisioner = "volume.kubernetes.io/storage-provisioner";

export function planVolumes(
  snapshot: VolumeSnapshot,
  drivers: readonly VolumeDriver[],
): readonly VolumeAction[] {
  return [
    ...snapshot.claims.flatMap((claim) => planClaim(claim, snapshot, drivers) ?? []),
    ...drivers.flatMap((driver) => {
      const ours = snapshot.volumes.filter(
        ({ metadata }) => metadata.annotations?.[provisionedBy] === driver.provisioner,
      );
      return [
        ...ours.flatMap((volume) => planExpansion(volume, snapshot.claims, driver) ?? []),
        ...ours.flatMap((volume) => planEnd(volume) ?? []),
      ];
    }),
  ];
}

/** Name of the volume that is made for a claim. */
export function volumeNameOf(claim: Claim): string {
  return `pvc-${claim.metadata.uid}`;
}

function planClaim(
  claim: Claim,
  snapshot: VolumeSnapshot,
  drivers: readonly VolumeDriver[],
): VolumeAction | undefined {
  const provisioner = claim.metadata.annotations?.[askedProvisioner];
  const storageClass = snapshot.classes.find(({ metadata }) => metadata.name === claim.spec.storageClassName);
  if (
    provisioner === undefined ||
    storageClass === undefined ||
    claim.spec.volumeName !== undefined ||
    claim.metadata.deletionTimestamp !== undefined ||
    snapshot.volumes.some(({ metadata }) => metadata.name === volumeNameOf(claim))
  ) {
    return undefined;
  }
  const node = claim.metadata.annotations?.[selectedNode];
  if (storageClass.volumeBindingMode === "WaitForFirstConsumer" && node === undefined) {
    return undefined;
  }
  const driver = drivers.find((one) => one.provisioner === provisioner);
  if (driver === undefined) {
    const running = drivers.map((one) => `"${one.provisioner}"`).join(", ");
    const reason = `no volume driver "${provisioner}" runs in this cluster, where there is ${running}`;
    return { kind: "refuse", claim, reason };
  }
  const fault = faultOf(claim, storageClass, node, driver);
  if (fault !== undefined) {
    return { kind: "refuse", claim, reason: fault };
  }
  return { kind: "provision", driver, claim, storageClass, node, size: sizeOf(claim, driver) };
}

function faultOf(
  claim: Claim,
  storageClass: StorageClass,
  node: string | undefined,
  driver: VolumeDriver,
): string | undefined {
  const impossible = (claim.spec.accessModes ?? []).filter((mode) => !driver.accessModes.includes(mode));
  if (impossible.length > 0) {
    return `${driver.provisioner} cannot give a volume the access mode ${impossible.join(", ")}; it gives ${driver.accessModes.join(", ")}`;
  }
  if (driver.needsNode && node === undefined) {
    return `${driver.provisioner} makes volumes on a node: storage class "${storageClass.metadata.name}" needs volumeBindingMode WaitForFirstConsumer`;
  }
  const parameters = storageClass.parameters ?? {};
  const asked = bytesOf(claim.spec.resources?.requests?.storage ?? "1Gi") / 2 ** 30;
  return (
    driver.faultOf(parameters) ??
    driver.sizeFaultOf(parameters, Math.max(driver.leastGibibytes, Math.ceil(asked)))
  );
}

function planExpansion(
  volume: Volume,
  claims: readonly Claim[],
  driver: VolumeDriver,
): VolumeAction | undefined {
  const claim = claims.find(({ metadata }) => metadata.uid === volume.spec.claimRef?.uid);
  const has = claim?.status?.capacity?.storage;
  const asks = claim?.spec.resources?.requests?.storage;
  if (claim === undefined || has === undefined || asks === undefined || claim.status?.phase !== "Bound") {
    return undefined;
  }
  return driver.expands && bytesOf(asks) > bytesOf(has)
    ? { kind: "expand", claim, volume, size: sizeOf(claim, driver) }
    : undefined;
}

function planEnd(volume: Volume): VolumeAction | undefined {
  const deletes = volume.spec.persistentVolumeReclaimPolicy === "Delete";
  const isBound = volume.status?.phase === "Bound";
  if (volume.status?.phase === "Released" && deletes) {
    return { kind: "destroy", volume };
  }
  const isGoing =
    volume.metadata.deletionTimestamp !== undefined &&
    volume.metadata.finalizers?.includes(volumeFinalizer) === true;
  if (isGoing && !isBound) {
    return { kind: deletes ? "destroy" : "release", volume };
  }
  return undefined;
}

function sizeOf(claim: Claim, driver: VolumeDriver): string {
  const asked = claim.spec.resources?.requests?.storage ?? "1Gi";
  return driver.leastGibibytes === 0 ? asked : wholeGibibytes(bytesOf(asked), driver.leastGibibytes);
}

/**
 * Where a volume goes that is wanted before any pod: one of the values of the topology label that nodes have and the
 * class allows, spread over them by the claim's name. Undefined when there is none.
 */
export function chooseTopology(
  claim: Claim,
  storageClass: StorageClass,
  topologyKey: string,
  valuesOfNodes: readonly string[],
): string | undefined {
  const allowed = storageClass.allowedTopologies?.flatMap(
    ({ matchLabelExpressions = [] }) =>
      matchLabelExpressions.find(({ key }) => key === topologyKey)?.values ?? [],
  );
  const choices = [...new Set(valuesOfNodes)]
    .filter((value) => allowed === undefined || allowed.length === 0 || allowed.includes(value))
    .sort();
  const hash = createHash("sha256").update(`${claim.metadata.namespace}/${claim.metadata.name}`).digest();
  return choices[hash.readUInt32BE() % Math.max(1, choices.length)];
}
