/** How an object names what it belongs to. */
interface Owner {
  readonly kind: string;
  readonly controller?: boolean;
}

/** Kinds of Kubernetes' own that look after pods. */
const ownKinds: ReadonlySet<string> = new Set(["DaemonSet", "Job", "Node", "ReplicaSet", "StatefulSet"]);

/** The custom resource for which an operator keeps a pod itself; undefined for pods of Kubernetes' own workloads, and of nobody's. */
export function customOwner<Reference extends Owner>(
  owners: readonly Reference[] | undefined,
): Reference | undefined {
  return owners?.find(({ kind, controller }) => controller === true && !ownKinds.has(kind));
}
