import type { Input } from "@pulumi/pulumi";

/** A cloud that clusters run on. `local` stands for every cluster that exists already. (D1) */
export const cloudNames = ["aws", "linode", "local"] as const;

/** A cloud that clusters run on. */
export type CloudName = (typeof cloudNames)[number];

/** What kind of control plane a cluster has. */
export type ClusterKind = "eks" | "lke" | "local";

/** Plain settings of a chart. */
export interface Settings {
  readonly [key: string]: string | number | boolean | Settings;
}

/** Who reaches a service from outside the cluster. */
export interface LoadBalancer {
  /** `internal`: the cloud's private network; `internet-facing`: the internet. */
  readonly scheme: "internal" | "internet-facing";
  /** Its name on the internet, where it has one: visitors then speak TLS with it. */
  readonly host?: string | undefined;
}

/** A service's type and what its cloud has to know, in the cloud's words. */
export interface Exposure {
  readonly type: "ClusterIP" | "NodePort" | "LoadBalancer";
  /** Undefined: what the cluster makes by itself. */
  readonly loadBalancerClass?: string;
  /** Whether the nodes listen for the load balancer too. @default true, as Kubernetes has it */
  readonly allocateLoadBalancerNodePorts?: boolean;
  /** Undefined: none. */
  readonly annotations?: Readonly<Record<string, Input<string>>>;
  /** A host whose record leads to the load balancer. Undefined: none. */
  readonly recordFor?: string;
}

/** How visitors reach the ingress controller: its Service, and what NGINX has to know of it. */
export interface IngressExposure {
  /** Values of the chart's Service. */
  readonly service: Settings;
  /** Annotations of the Service. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Entries of the ConfigMap that NGINX is set up by. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * What differs by cloud and is the same for all its clusters. One object for each cloud, in infra/aws, infra/linode and
 * infra/local: nothing else asks which cloud a cluster is on. What differs by cluster is in {@link Cluster} itself.
 */
export interface Cloud {
  readonly name: CloudName;
  readonly kind: ClusterKind;
  /** How the ingress controller's Service is exposed. (C11) */
  readonly ingress: IngressExposure;
  /**
   * How a Service of its own load balancer is exposed. (A4, A5)
   *
   * @param certificate the certificate for the load balancer's host; undefined where there is none
   */
  readonly expose: (loadBalancer: LoadBalancer, certificate: Input<string> | undefined) => Exposure;
  /** Whether load balancers send straight to pods, so that a pod is ready only when its load balancer sends to it. */
  readonly sendsToPods: boolean;
  /** Whether the cluster's own authority signs the kubelets' certificates; otherwise each kubelet signs its own. */
  readonly signsKubelets: boolean;
  /** Whether this program makes the nodes: they then carry the labels of their pools, and of cards. */
  readonly makesNodes: boolean;
}
