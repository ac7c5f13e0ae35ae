/** Which (simulated) cloud a control plane belongs to. `local` is the laptop's own cluster, as kind would give. */
export type Cloud = "aws" | "linode" | "local";

/** Names one control plane: `${cloud}-${name}` is its folder and its kubeconfig context, on the laptop `${name}` alone. */
export interface ClusterIdentity {
  readonly cloud: Cloud;
  readonly name: string;
}

/** How to reach a running control plane. */
export interface ControlPlane {
  /** `https://127.0.0.1:PORT`; the port stays the same when the control plane is restarted. */
  readonly endpoint: string;
  /** CA certificate, PEM in base64, as kubeconfigs hold it. */
  readonly certificateAuthority: string;
  /** Bearer token of the cluster's administrator, for kubeconfigs and `aws eks get-token`. */
  readonly token: string;
  /** An administrator's kubeconfig with client certificates, for people and for kubectl. */
  readonly kubeconfigPath: string;
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** A pool of identical kwok nodes, as a cloud's node group would bring up. */
export interface NodePoolSpec {
  /** Pool name; nodes are named `${name}-${zone or index}...` deterministically. */
  readonly name: string;
  /** Nodes wanted. */
  readonly count: number;
  /** Zones that nodes are spread over, round robin; empty on a cloud without zones. */
  readonly zones: readonly string[];
  readonly region: string;
  /** `node.kubernetes.io/instance-type`; several are dealt round robin (mixed instances). */
  readonly instanceTypes: readonly NodeShape[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** What a node of one instance type offers; quantities as Kubernetes writes them (`"3920m"`, `"14Gi"`, `"1"`). */
export interface NodeShape {
  readonly instanceType: string;
  readonly capacity: Readonly<Record<string, string>>;
  readonly allocatable: Readonly<Record<string, string>>;
  /** Labels that come with the hardware (GPU model and count, say). */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Runs real control planes with kwok nodes. All state is on disk: another process sees the same clusters. */
export interface ClusterManager {
  /** Starts the control plane, or answers with the one that runs; idempotent; waits until the API is ready. */
  start(identity: ClusterIdentity, options: { readonly version: string }): Promise<ControlPlane>;
  /** The control plane's coordinates, whether or not it runs just now; undefined when there is none. */
  find(identity: ClusterIdentity): Promise<ControlPlane | undefined>;
  /** Restarts what of the control plane does not run (after a reboot or a kill). */
  ensureRunning(identity: ClusterIdentity): Promise<ControlPlane>;
  /** What of the control plane has died since it was started: each process with the end of its log. */
  deaths(identity: ClusterIdentity): Promise<readonly string[]>;
  /** Stops every process and removes the data folder; idempotent. */
  remove(identity: ClusterIdentity): Promise<void>;
  list(): Promise<readonly ClusterIdentity[]>;
  /** Creates, relabels and removes nodes until the pool is as specified; waits until all are Ready. */
  applyNodePool(identity: ClusterIdentity, pool: NodePoolSpec): Promise<void>;
  removeNodePool(identity: ClusterIdentity, poolName: string): Promise<void>;
  /** Creates custom resource definitions, as a cloud's own add-ons bring them; those that are there stay as they are. */
  define(identity: ClusterIdentity, definitions: readonly object[]): Promise<void>;
}
