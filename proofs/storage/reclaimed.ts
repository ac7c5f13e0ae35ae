import { Dependencies } from "../../model/dependencies";
import { textAt } from "../../model/facts/read";
import type { Model, ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";
import { type ClaimOf, claimsOf, classObjectOf } from "./claims";
import { isRebuilt } from "./rebuilt";

const source = "Kubernetes, persistent volumes: reclaiming; the default of a class is Delete";

/**
 * Where a stack protects data, a volume outlives its claim: namespaces, operators and people delete claims, and
 * each takes its volume along unless the class keeps it. Volumes whose content is made again are left out.
 */
export const volumesOutliveClaims: Check = ({ model, plan }) => {
  if (plan === undefined || !plan.resources.some(({ isProtected }) => isProtected)) return nothing;
  const order = new Dependencies(plan);
  const kept = claimsOf(model).filter(
    (claim) => !claim.isScratch && !isRebuilt(claim) && !isDisposable(claim, order),
  );
  return sum([
    each(kept, (claim) => claimFault(model, claim)),
    each(model.of("PersistentVolume"), (volume) =>
      textAt(volume.manifest, "spec", "persistentVolumeReclaimPolicy") === "Delete"
        ? volumeFault(volume)
        : undefined,
    ),
    each(model.of("VolumeSnapshotClass"), snapshotFault),
  ]);
};

/** A claim that the program makes and does not protect can be filled again from elsewhere. */
function isDisposable({ of }: ClaimOf, order: Dependencies): boolean {
  const { kind, origin } = of;
  if (kind !== "PersistentVolumeClaim" || origin.by !== "program") return false;
  return order.makerOf(of)?.isProtected !== true;
}

function claimFault(model: Model, claim: ClaimOf): Fault | undefined {
  const found = classObjectOf(model, claim);
  if (found === undefined || textAt(found.manifest, "reclaimPolicy") === "Retain") return undefined;
  const kept = model
    .of("StorageClass")
    .filter(
      ({ cluster, manifest }) =>
        cluster === claim.of.cluster && textAt(manifest, "reclaimPolicy") === "Retain",
    );
  return {
    object: `${nameOf(claim.of)}, claim ${claim.name}`,
    rule: `its class ${found.name} deletes the volume with the claim, and the stack protects its data`,
    source,
    fix: `take a class that retains volumes (${kept.map(({ name }) => name).join(", ") || "none does"}), or say in proofs/storage/rebuilt.ts what makes the content again`,
  };
}

function volumeFault(volume: ModelObject): Fault {
  return {
    object: nameOf(volume),
    rule: "it is deleted with its claim, and the stack protects its data",
    source,
    fix: "set spec.persistentVolumeReclaimPolicy to Retain",
  };
}

function snapshotFault(snapshots: ModelObject): Fault | undefined {
  return textAt(snapshots.manifest, "deletionPolicy") === "Retain"
    ? undefined
    : {
        object: nameOf(snapshots),
        rule: "snapshots of its class are deleted with their objects, and the stack protects its data",
        source: "Kubernetes, volume snapshot classes: deletionPolicy",
        fix: "set deletionPolicy to Retain",
      };
}
