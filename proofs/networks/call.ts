import type { ModelObject, Workload } from "../../model/model";
import type { Cidr } from "../../primitives/cidr";

export type Protocol = "TCP" | "UDP";

/** The pods of one workload. */
export interface PodEnd {
  readonly kind: "pods";
  readonly workload: Workload;
}

/** Something other than a pod, by its addresses. */
export interface AddressEnd {
  readonly kind: "addresses";
  /** Its name in messages: `the API server`. */
  readonly name: string;
  /** All of these must be allowed, because the actual address is not known in advance. */
  readonly ranges: readonly Cidr[];
}

export type End = PodEnd | AddressEnd;

/** A call that must be possible, with the source of that knowledge. */
export interface Call {
  readonly cluster: string;
  readonly from: End;
  readonly to: End;
  /** The pod's own port, or the port at the addresses. */
  readonly port: number;
  readonly protocol: Protocol;
  /**
   * The Service whose cluster address is called, and its port; undefined for calls to pods' own addresses.
   */
  readonly service?: { readonly object: ModelObject; readonly port: number };
  /** Purpose: `reads its configuration by kube-apiserver`. */
  readonly why: string;
  /** Source of that knowledge. */
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
