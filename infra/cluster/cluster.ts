import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { EksVersionName } from "../../facts/aws-eks";
import type { Party } from "../network/edge";
import type { Cloud } from "./cloud";

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

/** A group of like nodes, on any cloud. */
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

/** The storage classes that every cluster has, and those that it has where its storage, or the protection of data, asks for them (C9). */
export type StorageClassName = "fast-ssd" | "standard" | "retained" | "shared" | "scratch";

/** How a cluster makes volumes: its CSI driver and what tells the two storage classes apart (C9). */
export interface ClusterStorage {
  /** The name of the CSI driver or provisioner, for example `ebs.csi.aws.com`. */
  readonly provisioner: string;
  /** Parameters of the class `fast-ssd`. */
  readonly fast: Readonly<Record<string, string>>;
  /** Parameters of the class `standard`. */
  readonly standard: Readonly<Record<string, string>>;
  /**
   * Parameters of the class `scratch`, for volumes that go with their pod and are never backed up. Undefined where nothing
   * backs volumes up by themselves: the class `standard` then does.
   */
  readonly scratch?: Readonly<Record<string, string>>;
  /**
   * The provisioner of volumes that pods on several nodes mount at once, and the parameters of its class `shared`.
   * Undefined where the cluster has none: there such pods have to share a node.
   */
  readonly shared?: {
    readonly provisioner: string;
    readonly parameters: Readonly<Record<string, pulumi.Input<string>>>;
  };
  /** Parameters of the class of snapshots; undefined where the driver takes none, or no snapshot controller runs. */
  readonly snapshots?: Readonly<Record<string, string>>;
  /** Classes of these names that the cluster brings itself, left as they are. Default: none. */
  readonly existing?: readonly StorageClassName[];
}

/** Where things outside the pods' own network are, as network policies name them: ranges of addresses in CIDR form. */
export interface ClusterAddresses {
  readonly apiServer: {
    /**
     * Where pods reach the API server: once the address of its Service has been translated and, where the cluster's
     * policies are judged before that, at the address of its Service too.
     */
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

/** The cloud's own store of secrets, as the pods of a cluster read it. (P6) */
export interface SecretStore {
  readonly region: string;
  /** What the name of every secret that the cluster may read begins with. */
  readonly prefix: string;
  /** Host name that is called. */
  readonly host: string;
}

/**
 * What the platform and the systems keep in buckets: models, backups, what is observed, what users take away, and data of
 * the systems, each in a folder of its own.
 */
export type BucketPurpose = "models" | "backups" | "telemetry" | "exports" | "data";

/** A PostgreSQL database that the cluster's cloud runs. (C12) */
export interface ManagedDatabase {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** A secret. */
  readonly username: pulumi.Output<string>;
  /** A secret. */
  readonly password: pulumi.Output<string>;
}

/** Domains whose records a cluster keeps for its own Services and Ingresses. (C11) */
export interface ClusterDns {
  /** How external-dns keeps the records: the provider's name, where its API is, and what else the provider wants to be told. */
  readonly records: {
    readonly provider: string;
    readonly api: Party;
    /** @default none */
    readonly arguments?: Readonly<Record<string, string>>;
  };
  readonly domains: readonly string[];
  /** Names within the domains whose records are this program's own, and not the cluster's. */
  readonly excluded: readonly string[];
  /** Names of the ingress controller itself, beside those of Ingresses: by these a CDN finds it. (C13) */
  readonly ingressNames: readonly string[];
  /** The zone of the domains at Route 53: there the cluster's pods may prove that hosts are ours. Undefined elsewhere. (P1) */
  readonly zoneId?: pulumi.Input<string>;
  /** Changes the account's domains and nothing else. A secret. Undefined where the pod's own identity does. (C6) */
  readonly token?: pulumi.Output<string>;
}

/** A header that CloudFront adds to each request, by which the ingress knows it. (C13) */
export interface OriginKey {
  readonly header: string;
  /** A secret. */
  readonly value: pulumi.Output<string>;
}

/** CloudFront before the cluster's ingress. (C13) */
export interface ClusterEdge {
  /** The host that the world reaches through it, and must not reach past it. */
  readonly host: string;
  /** Seconds that it waits for an answer to begin, and again for each further part of it. */
  readonly answerTimeoutSeconds: number;
}

/** What controllers that act on AWS have to be told: pods do not reach the nodes' metadata, where they would look. (C6) */
export interface AwsSurroundings {
  readonly clusterName: string;
  /** Minor version of the control plane. */
  readonly kubernetesVersion: EksVersionName;
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
}

/**
 * The one thing that infrastructure hands to the layers above. Nothing above this line knows which cloud it is on.
 */
export interface Cluster {
  /** The name by which stack configuration names this cluster: systems are placed by it, and resources named. (D2) */
  readonly name: string;
  /** What differs by cloud. */
  readonly cloud: Cloud;
  /** The cluster's name in its cloud, for people. */
  readonly displayName: pulumi.Input<string>;
  /**
   * Reaches the cluster. It depends on the node pools and the add-ons that pods need, so everything that is deployed through
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
  /**
   * Databases that the cloud runs and services use, by the service. A service without one has its database in the cluster. (C12)
   * @default none
   */
  readonly databases?: Readonly<Record<string, ManagedDatabase>>;
  /** Zone of the cluster's own DNS records; undefined where it has no domain. */
  readonly dns?: ClusterDns;
  /**
   * Certificates for load balancers, by the host that they are for.
   * @default none
   */
  readonly certificates?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Undefined where visitors come straight to the ingress. */
  readonly edge?: ClusterEdge;
  /** Undefined outside AWS. */
  readonly aws?: AwsSurroundings;
  /** Undefined where the cloud has none, where pods have no identity for it, and where no bundle of secrets reads it. */
  readonly secretStore?: SecretStore;
  /** False where another stack owns the cluster and this one only deploys to it (D3). */
  readonly owned: boolean;
}
