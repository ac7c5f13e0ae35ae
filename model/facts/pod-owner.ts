/** An object's reference to its owner. */
interface Owner {
  readonly kind: string;
  readonly controller?: boolean;
}

/** Kubernetes' own kinds that manage pods. */
const ownKinds: ReadonlySet<string> = new Set(["DaemonSet", "Job", "Node", "ReplicaSet", "StatefulSet"]);

/**
 * The custom resource whose operator manages a pod itself; undefined for pods of Kubernetes' own workloads,
 * and for pods without an owner.
 */
export function customOwner<Reference extends Owner>(
  owners: readonly Reference[] | undefined,
): Reference | undefined {
  return owners?.find(({ kind, controller }) => controller === true && !ownKinds.has(kind));
}
