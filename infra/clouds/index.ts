import { AwsPlatform } from "../aws";
import type { AwsPlatformArgs } from "../aws/platform-args";
import type { Cluster, OriginKey } from "../cluster/cluster";
import type { ClusterConfig } from "../config/clusters";
import { LinodePlatform, type LinodePlatformArgs } from "../linode";
import { LocalPlatform } from "../local";

/** What every cloud needs to know of the stack to make a cluster. */
export interface CloudPlatformArgs
  extends Omit<AwsPlatformArgs, "config">,
    Omit<LinodePlatformArgs, "config"> {}

/** A cluster, and everything that its stack has for it in its cloud. */
export interface CloudPlatform {
  readonly cluster: Cluster;
  /**
   * Puts the stack's CDN in front of the cluster's ingress. Call it once, with the keys that CDN and ingress share.
   * Undefined where the cloud has no CDN.
   */
  readonly openEdge?: (originKeys: readonly OriginKey[]) => void;
  /** What the stack shows of it, by names without the cluster's: `Kubeconfig`, `Buckets`. */
  readonly shown: Readonly<Record<string, unknown>>;
}

/** Makes a cluster in its cloud. Names of resources begin with the cluster's. */
export function createPlatform(name: string, config: ClusterConfig, args: CloudPlatformArgs): CloudPlatform {
  switch (config.cloud) {
    case "aws":
      return new AwsPlatform(name, { config, ...args });
    case "linode":
      return new LinodePlatform(name, { config, ...args });
    case "local":
      return new LocalPlatform(name, { config });
  }
}
