import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Where a cluster runs. A system's placement names one of these; a stack has at most one cluster of each (D1, D2). */
export type ClusterPlacement = "aws" | "linode" | "local";

/** What kind of control plane a cluster has. */
export type ClusterKind = "eks" | "lke" | "local";

/** Keeps pods without the matching toleration off a pool's nodes. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** The graphics cards in each node of a pool. */
export interface Gpu {
  /** The card as its vendor names it, for example `A10G`, `T4`, `RTX PRO 6000 Blackwell`. */
  readonly model: string;
  /** Cards in each node. */
  readonly count: number;
}

/** A group of like nodes, whichever cloud it is on. */
export interface Pool {
  /** The pool's name, unique in its cluster. */
  readonly name: string;
  /** Labels that every node of the pool carries from its first moment. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints that every node of the pool carries from its first moment. */
  readonly taints: readonly Taint[];
  /** What one node has for pods; undefined where the cluster's machines are not the stack's to choose. */
  readonly allocatable?: { readonly cpuMillis: number; readonly memoryMib: number };
  /** The cards in each node; undefined on pools without GPUs. */
  readonly gpu?: Gpu;
  /** True where the cloud may take nodes back at short notice. */
  readonly spot: boolean;
  /** The fewest nodes that the autoscaler leaves. */
  readonly minimum: number;
  /** The most nodes that the autoscaler starts. Equal to `minimum` on pools of fixed size. */
  readonly maximum: number;
  /** The zones over which the pool's nodes spread; one entry where the region has no zones. */
  readonly zones: readonly string[];
}

/** The storage classes that every cluster has (C9). */
export type StorageClassName = "fast-ssd" | "standard";

/** How a cluster makes volumes: its CSI driver and what tells the two storage classes apart (C9). */
export interface ClusterStorage {
  /** The name of the CSI driver or provisioner, for example `ebs.csi.aws.com`. */
  readonly provisioner: string;
  /** Parameters of the class `fast-ssd`. */
  readonly fast: Readonly<Record<string, string>>;
  /** Parameters of the class `standard`. */
  readonly standard: Readonly<Record<string, string>>;
  /** Classes of these names that the cluster brings itself, left as they are. Default: none. */
  readonly existing?: readonly StorageClassName[];
}

/** Where things outside the pods' own network are, as network policies name them: ranges of addresses in CIDR form. */
export interface ClusterAddresses {
  readonly apiServer: {
    /** Where pods reach the API server, once the address of its Service has been translated. */
    readonly targets: readonly string[];
    /** Ports that it listens on there. */
    readonly ports: readonly number[];
    /** Where its calls to admission webhooks and aggregated APIs come from. */
    readonly sources: readonly string[];
  };
  /** The nodes: kubelets, and pods in their node's own network. */
  readonly nodes: readonly string[];
  /** Private addresses at which the cloud's own services answer, besides their public ones. */
  readonly cloudServices: readonly string[];
  /** Where pods get credentials for the cloud; undefined where it has no workload identity. (C6) */
  readonly credentialsAgent?: { readonly address: string; readonly port: number };
}

/** A bucket of the cluster's cloud, as pods use it. (C7, C8) */
export interface Bucket {
  readonly name: pulumi.Input<string>;
  readonly region: string;
  /** Base URL of the S3 API; undefined on AWS, where clients know it. */
  readonly endpoint?: pulumi.Input<string>;
  /** Host names that clients of the bucket call. */
  readonly hosts: readonly string[];
  /** What opens the bucket. Undefined where the pod's own identity does. (C6) */
  readonly key?: { readonly accessKey: pulumi.Output<string>; readonly secretKey: pulumi.Output<string> };
}

/** What the platform and the systems keep in buckets: models, backups, and what is observed. */
export type BucketPurpose = "models" | "backups" | "telemetry";

/**
 * The one thing that infrastructure hands to the layers above. Nothing above this line knows which cloud it is on.
 */
export interface Cluster {
  /** The placement by which stack configuration names this cluster. */
  readonly name: ClusterPlacement;
  readonly kind: ClusterKind;
  /** The cluster's name in its cloud, for people. */
  readonly displayName: pulumi.Input<string>;
  /**
   * Reaches the cluster. It depends on the node pools and the add-ons that pods need, so whatever is deployed through
   * it finds nodes to run on, and is gone before its nodes and controllers are.
   */
  readonly provider: kubernetes.Provider;
  /** Full access to the cluster. A secret. Undefined where people reach it by a kubeconfig of their own. */
  readonly kubeconfig?: pulumi.Output<string>;
  readonly pools: readonly Pool[];
  /** Every zone that has nodes, sorted. */
  readonly zones: readonly string[];
  readonly storage: ClusterStorage;
  readonly addresses: ClusterAddresses;
  /** Buckets for what the cluster keeps outside itself, by purpose; a purpose without one keeps it in volumes. */
  readonly buckets: Readonly<Partial<Record<BucketPurpose, Bucket>>>;
  /** False where another stack owns the cluster and this one only deploys to it (D3). */
  readonly owned: boolean;
}
