import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { ClusterStorage, StorageClassName } from "./cluster";

/** Arguments of {@link createStorageClasses}. */
export interface StorageClassesArgs {
  readonly storage: ClusterStorage;
  /** Whether volumes of the data stores outlive their claims. */
  readonly protectData: boolean;
}

/**
 * The classes fast-ssd, for data stores, and standard, for everything else and so the default (C9). Volumes are made
 * where the pod lands, since a cloud's disks cannot follow it to another zone, and can grow in place.
 */
export function createStorageClasses(
  name: string,
  { storage, protectData }: StorageClassesArgs,
  options: CustomResourceOptions,
): readonly StorageClass[] {
  const declared = [
    {
      class: "fast-ssd",
      parameters: storage.fast,
      reclaimPolicy: protectData ? "Retain" : "Delete",
      isDefault: false,
    },
    { class: "standard", parameters: storage.standard, reclaimPolicy: "Delete", isDefault: true },
  ] satisfies readonly {
    class: StorageClassName;
    parameters: Readonly<Record<string, string>>;
    reclaimPolicy: "Retain" | "Delete";
    isDefault: boolean;
  }[];
  return declared
    .filter((declaration) => !storage.existing?.includes(declaration.class))
    .map(
      (declaration) =>
        new StorageClass(
          `${name}-storage-class-${declaration.class}`,
          {
            metadata: {
              name: declaration.class,
              annotations: {
                "storageclass.kubernetes.io/is-default-class": String(declaration.isDefault),
              },
            },
            provisioner: storage.provisioner,
            // The API server takes an empty map for a change of this immutable field when it is applied again.
            ...(Object.keys(declaration.parameters).length > 0 && { parameters: declaration.parameters }),
            reclaimPolicy: declaration.reclaimPolicy,
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
          },
          options,
        ),
    );
}
