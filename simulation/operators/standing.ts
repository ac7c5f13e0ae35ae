import { customOwner } from "../../model/facts/pod-owner";
import type { KubernetesObject } from "../../sandbox/api-server/object";
import type { StoodInKind } from "../../sandbox/stood-in";

/** As much of what stands in as tells how it is. */
export interface Standing extends KubernetesObject {
  readonly kind: StoodInKind;
  readonly spec?: { readonly replicas?: number; readonly nodeName?: string };
  readonly status?: {
    readonly readyReplicas?: number;
    readonly conditions?: readonly { readonly type: string; readonly status?: unknown }[];
  };
}

/** False for the pods of a stood-in workload, which have its labels and are its controller's to make and to delete. */
export function isMadeByItself({ kind, metadata }: Standing): boolean {
  return kind !== "Pod" || customOwner(metadata.ownerReferences) !== undefined;
}

/** Whether it is there to stay and, where it has pods or is one, serves. */
export function isReady({ kind, metadata, spec, status }: Standing): boolean {
  if (metadata.deletionTimestamp !== undefined) {
    return false;
  }
  switch (kind) {
    case "Pod":
      return (
        status?.conditions?.some(({ type, status: held }) => type === "Ready" && held === "True") === true
      );
    case "Deployment":
    case "StatefulSet":
      return (status?.readyReplicas ?? 0) >= (spec?.replicas ?? 1);
    default:
      return true;
  }
}
