import type { Fault, KeyPath } from "../fault";

/** A pool, as far as a GPU workload cares. */
export interface PoolView {
  readonly name: string;
  readonly hasGpu: boolean;
}

/** A value that no other cluster of the stack may have. */
export interface UniqueValue {
  /** Where it stands, from the cluster's section on. */
  readonly path: KeyPath;
  /** What it is, and why there cannot be two: `EKS cluster's name, which roles and keys carry`. */
  readonly what: string;
  readonly value: string;
  /** What it could be instead. */
  readonly example: string;
}

/** A network of a cluster's own, in CIDR form. */
export interface NetworkView {
  readonly path: KeyPath;
  readonly cidr: string;
}

/** A host that a CDN serves for a cluster, by forwarding to the cluster's ingress. (C13) */
export interface EdgeView {
  readonly path: KeyPath;
  readonly hostName: string;
}

/** A cluster's configuration as rules look at it, whichever cloud it is on. Paths begin at the cluster's own section. */
export interface ClusterView {
  readonly pools: readonly PoolView[];
  /** The stack that owns the cluster; undefined where it is this one. (D3) */
  readonly owner?: string;
  /** What is wrong with its Kubernetes version on a day. (D4) */
  readonly versionFaults: (today: Date) => readonly Fault[];
  /** Whether something of it is made with the stack's Linode token. */
  readonly needsLinodeToken: boolean;
  readonly unique: readonly UniqueValue[];
  /** The account that it is in, where the credentials at hand decide on that; all clusters of the cloud are then in one. */
  readonly account?: { readonly path: KeyPath; readonly id: string };
  readonly networks: readonly NetworkView[];
  /** Undefined where visitors come straight to the ingress. */
  readonly edge?: EdgeView;
}

/** What holds for all clusters of a cloud, well-formed or not. */
export interface CloudTraits {
  /** Whether its examples would reach a real cloud: values of a laptop harm none. */
  readonly takesPlaceholders: boolean;
  /** Whether its pods have an identity with a store of secrets. (P6) */
  readonly hasSecretStore: boolean;
  /** Whether its clusters are made with the stack's Linode token, unless their configuration says otherwise. */
  readonly needsLinodeToken: boolean;
}
