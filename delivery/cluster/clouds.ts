import type { CloudName } from "../../infra/cluster/cloud";

/** What rows ask of a cluster because of its cloud. */
export interface CloudExpectations {
  /** The fewest zones that production's nodes are in. */
  readonly zones: number;
  /** Whether production's stores are backed up there. */
  readonly keepsBackups: boolean;
  /** The Service by which the world reaches what has an entrance of its own. */
  readonly entrance: {
    readonly type: "LoadBalancer" | "NodePort";
    readonly loadBalancerClass?: string;
    /** @default none is asked for */
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** What rows ask of clusters, by cloud. */
export const expectations: Readonly<Record<CloudName, CloudExpectations>> = {
  aws: {
    zones: 3,
    keepsBackups: true,
    entrance: {
      type: "LoadBalancer",
      loadBalancerClass: "service.k8s.aws/nlb",
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-attributes": "load_balancing.cross_zone.enabled=true",
      },
    },
  },
  linode: { zones: 1, keepsBackups: true, entrance: { type: "LoadBalancer" } },
  local: { zones: 1, keepsBackups: false, entrance: { type: "NodePort" } },
};
