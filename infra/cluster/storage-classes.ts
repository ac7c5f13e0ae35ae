import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { ClusterStorage, StorageClassName } from "./cluster";

/** Arguments of {@link createStorageClasses}. */
export interface StorageClassesArgs {
  readonly storage: ClusterStorage;
  /** Whether volumes of the data stores, and shared ones, outlive their claims. */
  readonly protectData: boolean;
}

interface Declaration {
  readonly class: StorageClassName;
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, Input<string>>>;
  readonly reclaimPolicy: "Retain" | "Delete";
  readonly volumeBindingMode: "WaitForFirstConsumer" | "Immediate";
  readonly allowVolumeExpansion: boolean;
}

const defaultClass: StorageClassName = "standard";

/**
 * The classes fast-ssd, for data stores, and standard, for everything else and so the default (C9). Volumes are made
 * where the pod lands, since a cloud's disks cannot follow it to another zone, and can grow in place. Where data is protected
 * there is also retained: standard disks that outlive their claim. Where the cluster
 * has a provisioner for it, there is also shared, for what pods on several nodes mount at once (D9), and where volumes are
 * backed up scratch, for those that go with their pod.
 */
export function createStorageClasses(
  name: string,
  args: StorageClassesArgs,
  options: CustomResourceOptions,
): readonly StorageClass[] {
  return declare(args)
    .filter((declaration) => !args.storage.existing?.includes(declaration.class))
    .map(
      ({ class: className, parameters, ...behaviour }) =>
        new StorageClass(
          `${name}-storage-class-${className}`,
          {
            metadata: {
              name: className,
              annotations: {
                "storageclass.kubernetes.io/is-default-class": String(className === defaultClass),
              },
            },
            // The API server takes an empty map for a change of this immutable field when it is applied again.
            ...(Object.keys(parameters).length > 0 && { parameters }),
            ...behaviour,
          },
          options,
        ),
    );
}

/** The class of small volumes of the data stores, which need no fast disk and outlive their claim where data is protected. */
export function retainedClass(protectData: boolean): StorageClassName {
  return protectData ? "retained" : "standard";
}

/** The class of volumes that go with their pod. */
export function scratchClass({ scratch }: ClusterStorage): StorageClassName {
  return scratch === undefined ? "standard" : "scratch";
}

function declare({ storage, protectData }: StorageClassesArgs): readonly Declaration[] {
  const disk = {
    provisioner: storage.provisioner,
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  } as const;
  const reclaimPolicy = protectData ? "Retain" : "Delete";
  const { shared } = storage;
  return [
    { ...disk, class: "fast-ssd", parameters: storage.fast, reclaimPolicy },
    { ...disk, class: "standard", parameters: storage.standard, reclaimPolicy: "Delete" },
    ...(protectData
      ? [{ ...disk, class: "retained", parameters: storage.standard, reclaimPolicy: "Retain" } as const]
      : []),
    ...(storage.scratch
      ? [{ ...disk, class: "scratch", parameters: storage.scratch, reclaimPolicy: "Delete" } as const]
      : []),
    // Every node reaches it, so nothing is gained by waiting for one; it has no size that could grow.
    ...(shared
      ? [
          {
            ...shared,
            class: "shared",
            reclaimPolicy,
            volumeBindingMode: "Immediate",
            allowVolumeExpansion: false,
          } as const,
        ]
      : []),
  ];
}
