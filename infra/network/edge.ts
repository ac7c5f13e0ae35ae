/** A port that something listens on, as its container has it: policies see traffic after a Service has translated it. */
export interface Port {
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: "TCP" | "UDP";
}

/** Pods of one workload, told apart by labels. */
export interface Pods {
  readonly kind: "pods";
  /** What people call them; it names their policy. Unique in the namespace. */
  readonly name: string;
  readonly namespace: string;
  /** Labels that these pods carry and no others do. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Every pod of a namespace, or of the whole cluster. */
export interface AllPods {
  readonly kind: "all-pods";
  /** @default every namespace of the cluster */
  readonly namespace?: string;
}

/** The cluster's API server: operators call it, and it calls admission webhooks and aggregated APIs. */
export interface ApiServer {
  readonly kind: "api-server";
}

/** The cluster's nodes: kubelets, and pods in a node's own network. */
export interface Nodes {
  readonly kind: "nodes";
}

/** Hosts on the internet. As a source it means callers through a load balancer. */
export interface Internet {
  readonly kind: "internet";
  /**
   * Names of the hosts that are called, for people, for the mesh's egress rules, and for reviews. A NetworkPolicy knows
   * addresses only: it lets through every public address, and no private one.
   */
  readonly hosts: readonly string[];
}

/** The cloud's own services (object storage, identity, load balancing), public or inside the private network. */
export interface CloudServices {
  readonly kind: "cloud-services";
  readonly hosts: readonly string[];
}

/** One end of an edge. */
export type Party = Pods | AllPods | ApiServer | Nodes | Internet | CloudServices;

/** Calls and their ports: declared once, compiled into the policies of both ends. */
export interface Edge {
  readonly from: Party;
  readonly to: Party;
  /** None at all: every port, for pods that another stack looks after. */
  readonly ports: readonly (number | Port)[];
}

/** Pods that belong together. */
export function pods(namespace: string, name: string, labels: Pods["labels"]): Pods {
  return { kind: "pods", namespace, name, labels };
}

/** The API server of the cluster. */
export const apiServer: ApiServer = { kind: "api-server" };

/** The nodes of the cluster. */
export const nodes: Nodes = { kind: "nodes" };

/** Every pod of the cluster, in all namespaces. */
export const everyPod: AllPods = { kind: "all-pods" };

/** Callers through a public load balancer. */
export const everybody: Internet = { kind: "internet", hosts: [] };

/** Named hosts on the internet, to be called. */
export function internet(...hosts: readonly string[]): Internet {
  return { kind: "internet", hosts };
}

/** Named services of the cluster's cloud, to be called. */
export function cloudServices(...hosts: readonly string[]): CloudServices {
  return { kind: "cloud-services", hosts };
}
