import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, mapAt, textAt, textsAt } from "../../model/facts/read";
import type { Model, ModelObject } from "../../model/model";

/** A volume that a pod requests. */
export interface ClaimOf {
  /**
   * Its owner: the claim itself, the StatefulSet that creates it, or the workload whose pods it is deleted
   * with.
   */
  readonly of: ModelObject;
  readonly name: string;
  /** Undefined means the cluster's default. */
  readonly class: string | undefined;
  readonly size: string;
  readonly modes: readonly string[];
  /** Their number. */
  readonly count: number;
  /** True for one that is created for a pod and deleted with it. */
  readonly isScratch: boolean;
}

/** Every claim of a stack, from the program, charts and operators. */
export function claimsOf(model: Model): readonly ClaimOf[] {
  return model.objects.flatMap((object) => [...ownClaims(object), ...scratchClaims(object)]);
}

function ownClaims(object: ModelObject): readonly ClaimOf[] {
  if (object.kind === "PersistentVolumeClaim" && object.size !== undefined) {
    const { name, size, modes = [] } = object;
    return [{ of: object, name, class: object.class, size, modes, count: 1, isScratch: false }];
  }
  const { claims = [], replicas = 1 } = object;
  return claims
    .filter(() => replicas > 0)
    .map((claim) => ({ ...claim, class: claim.class, of: object, count: replicas, isScratch: false }));
}

function scratchClaims(object: ModelObject): readonly ClaimOf[] {
  const volumes = listAt(podSpecOf(object.manifest), "volumes");
  return volumes.flatMap((volume) => {
    const spec = at(volume, "ephemeral", "volumeClaimTemplate", "spec");
    const size = textAt(spec, "resources", "requests", "storage");
    return size === undefined
      ? []
      : [
          {
            of: object,
            name: textAt(volume, "name") ?? "",
            class: textAt(spec, "storageClassName"),
            size,
            modes: textsAt(spec, "accessModes"),
            count: object.replicas ?? 1,
            isScratch: true,
          },
        ];
  });
}

/** The fields of a storage class that drivers read. */
export interface ClassOf {
  readonly name: string;
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The class of a claim; undefined when the stack creates none of that name. */
export function classOf(model: Model, claim: ClaimOf): ClassOf | undefined {
  const found = classObjectOf(model, claim);
  const provisioner = textAt(found?.manifest, "provisioner");
  return found === undefined || provisioner === undefined
    ? undefined
    : { name: found.name, provisioner, parameters: mapAt(found.manifest, "parameters") ?? {} };
}

/** The StorageClass that a claim names, or its cluster's default. */
export function classObjectOf(model: Model, claim: ClaimOf): ModelObject | undefined {
  return model
    .of("StorageClass")
    .filter(({ cluster }) => cluster === claim.of.cluster)
    .find((one) => (claim.class === undefined ? isDefaultClass(one) : one.name === claim.class));
}

/** Whether a StorageClass is its cluster's default. */
export function isDefaultClass({ manifest }: ModelObject): boolean {
  return (
    mapAt(manifest, "metadata", "annotations")?.["storageclass.kubernetes.io/is-default-class"] === "true"
  );
}
