import type { ModelObject, Workload } from "../../model/model";
import type { Cidr } from "../../primitives/cidr";

export type Protocol = "TCP" | "UDP";

/** The pods of one workload. */
export interface PodEnd {
  readonly kind: "pods";
  readonly workload: Workload;
}

/** Something that is no pod, by the addresses that it has. */
export interface AddressEnd {
  readonly kind: "addresses";
  /** What people call it: `the API server`. */
  readonly name: string;
  /** Every one of these has to be let through: which of them it is shows only when it happens. */
  readonly ranges: readonly Cidr[];
}

export type End = PodEnd | AddressEnd;

/** One call that has to be possible, and where it is known from. */
export interface Call {
  readonly cluster: string;
  readonly from: End;
  readonly to: End;
  /** The pod's own port, or the port at the addresses. */
  readonly port: number;
  readonly protocol: Protocol;
  /** The Service by whose cluster address it is called, and its port; undefined for calls to addresses of pods. */
  readonly service?: { readonly object: ModelObject; readonly port: number };
  /** Why it is made: `reads its configuration by kube-apiserver`. */
  readonly why: string;
  /** Where it is known from. */
  readonly source: string;
}

/** `Deployment argocd/argocd-server`, `the API server`. */
export function endName(end: End): string {
  if (end.kind === "addresses") return end.name;
  const { kind, namespace, name } = end.workload;
  return `${kind} ${namespace}/${name}`;
}

export function podEnd(workload: Workload): PodEnd {
  return { kind: "pods", workload };
}
