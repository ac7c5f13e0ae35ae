import type { KubernetesObject } from "../sandbox/api-server/object";
import { isOwnedBy, type Pod } from "./objects";

/** A PersistentVolume, as far as drills look at it. */
export interface Volume extends KubernetesObject {
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly claimRef?: { readonly namespace: string; readonly name: string };
    readonly nodeAffinity?: {
      readonly required: {
        readonly nodeSelectorTerms: readonly {
          readonly matchExpressions: readonly { readonly key: string; readonly values: readonly string[] }[];
        }[];
      };
    };
  };
}

/** The volumes that a pod alone has; those that many share are left out: whichever pod comes next finds them as they were. */
export function ownVolumes(pod: Pod, volumes: readonly Volume[]): readonly Volume[] {
  const claims = new Set(
    pod.spec.volumes?.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []),
  );
  return volumes.filter(
    ({ spec: { claimRef, accessModes } }) =>
      claimRef?.namespace === pod.metadata.namespace &&
      claims.has(claimRef?.name ?? "") &&
      !accessModes.includes("ReadWriteMany"),
  );
}

/** Whether it has data that a new pod would not have: a member of a store. */
export function keepsData(pod: Pod, volumes: readonly Volume[]): boolean {
  return isOwnedBy(pod, "StatefulSet") || ownVolumes(pod, volumes).length > 0;
}
