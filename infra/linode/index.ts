import type { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Bucket, BucketPurpose, Cluster } from "../cluster/cluster";
import type { LinodeConfig } from "../config/linode";
import { isOwned, type OwnedLinodeCluster } from "../config/linode-cluster";
import { linodeAddresses } from "./addresses";
import { linodeCloud } from "./cloud";
import { LinodeCluster } from "./cluster";
import { type DatabaseOutputs, LinodeDatabase } from "./databases";
import { LinodeDns, nameServers } from "./dns";
import { NodeFirewall } from "./firewall";
import { createKubernetesProvider } from "./kubernetes-provider";
import { LinodeNodePool } from "./node-pool";
import { type BucketOutputs, type KeyOutputs, LinodeObjectStorage } from "./object-storage";
import { type LinodeShown, shared } from "./outputs";
import { describePools } from "./pools";
import { createLinodeProvider } from "./provider";
import { ClusterReference, type ClusterReferenceArgs } from "./reference";
import { linodeStorage } from "./storage";

/** Arguments of {@link LinodePlatform}. */
export interface LinodePlatformArgs {
  readonly config: LinodeConfig;
  /** Host names of the stack's systems on the cluster. No two stacks may have one on the same ingress. */
  readonly hosts: readonly string[];
  /** Whether what holds data is protected from deletion, and kept when the stack forgets it. */
  readonly protectData: boolean;
}

/** A cluster, its owner, and how to reach it. */
interface Reached {
  readonly label: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly provider: KubernetesProvider;
}

/**
 * Everything that a stack has at Linode (002): an LKE cluster with its pools and firewall, or a share in another stack's
 * (C5, D3); buckets (C8), managed databases (C12) and DNS (C11).
 */
export class LinodePlatform extends pulumi.ComponentResource {
  readonly cluster: Cluster;
  /** Buckets, by what they are for. */
  readonly buckets: Readonly<Record<string, BucketOutputs>>;
  /** Keys to buckets, by consumer. Secrets. */
  readonly keys: Readonly<Record<string, KeyOutputs>>;
  /** Managed databases, by the service that they belong to: those that services use, and those that are only kept. */
  readonly databases: Readonly<Record<string, DatabaseOutputs>>;
  /** What the stack shows of it; other stacks rely on some of the names. */
  readonly shown: LinodeShown;

  constructor(name: string, args: LinodePlatformArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:linode:Platform", name, {}, options);
    const { config, protectData } = args;
    const { cluster, region, objectStorage, databases, dns } = config;

    // A stack that only shares another's cluster needs no token.
    const ownsSomething = isOwned(cluster) || objectStorage || dns || Object.keys(databases).length > 0;
    const linode = ownsSomething
      ? createLinodeProvider(`${name}-provider`, { protectData }, { parent: this })
      : undefined;
    const child: pulumi.ComponentResourceOptions =
      linode === undefined ? { parent: this } : { parent: this, providers: { linode } };

    const reached = isOwned(cluster)
      ? this.own(name, { ...config, cluster, protectData }, child)
      : this.refer(name, { config: cluster, hosts: args.hosts }, child);
    const storage =
      objectStorage &&
      new LinodeObjectStorage(
        `${name}-object-storage`,
        { config: objectStorage, cluster: name, region, protectData },
        child,
      );
    this.buckets = storage?.buckets ?? {};
    this.keys = storage?.keys ?? {};
    this.databases = Object.fromEntries(
      Object.entries(databases).map(([service, database]) => [
        service,
        new LinodeDatabase(`${name}-database-${service}`, { config: database, region, protectData }, child)
          .connection,
      ]),
    );
    const zone = dns && new LinodeDns(`${name}-dns`, { config: dns }, child);

    this.cluster = {
      name,
      cloud: linodeCloud,
      displayName: reached.label,
      provider: reached.provider,
      kubeconfig: reached.kubeconfig,
      pools: describePools(config),
      zones: [region],
      storage: linodeStorage,
      addresses: linodeAddresses,
      buckets: storage ? podBuckets(storage, region) : {},
      databases: Object.fromEntries(
        Object.entries(this.databases).filter(([service]) => databases[service]?.managed),
      ),
      ...(zone && { dns: zone.cluster }),
      owned: isOwned(cluster),
    };
    this.shown = {
      ...(isOwned(cluster) && {
        [shared.clusterName]: reached.label,
        [shared.kubeconfig]: reached.kubeconfig,
        [shared.hosts]: args.hosts,
      }),
      ...(storage && { Buckets: storage.buckets, Keys: storage.keys }),
      ...(Object.keys(databases).length > 0 && { Databases: this.databases }),
      ...(zone && { Domain: zone.domain, NameServers: nameServers }),
    };
    this.registerOutputs({ clusterName: reached.label });
  }

  private own(
    name: string,
    { cluster: config, nodePools, region, protectData }: OwnedArgs,
    child: pulumi.ComponentResourceOptions,
  ): Reached {
    const cluster = new LinodeCluster(`${name}-cluster`, { config, region, protect: protectData }, child);
    const pools = Object.entries(nodePools).map(
      ([poolName, pool]) =>
        new LinodeNodePool(
          `${name}-pool-${poolName}`,
          { poolName, config: pool, clusterId: cluster.clusterId },
          child,
        ),
    );
    const nodeIds = pulumi
      .all([cluster.systemNodeIds, ...pools.map((pool) => pool.nodeIds)])
      .apply((groups) => groups.flat());
    const firewall = new NodeFirewall(`${name}-nodes`, { label: `${config.name}-nodes`, nodeIds }, child);
    const { label, kubeconfig } = cluster;
    const provider = createKubernetesProvider(
      `${name}-kubernetes`,
      { label, kubeconfig },
      { parent: this, dependsOn: [...pools, firewall] },
    );
    return { label, kubeconfig, provider };
  }

  private refer(
    name: string,
    { config, hosts }: Pick<ClusterReferenceArgs, "config" | "hosts">,
    child: pulumi.ComponentResourceOptions,
  ): Reached {
    const { label, kubeconfig } = new ClusterReference(
      `${name}-cluster`,
      { config, hosts, cluster: config.name ?? name },
      child,
    );
    const provider = createKubernetesProvider(`${name}-kubernetes`, { label, kubeconfig }, { parent: this });
    return { label, kubeconfig, provider };
  }
}

/** The key of the stack file that opens the bucket of each purpose, which has the purpose's name. */
const podKeys: Readonly<Partial<Record<BucketPurpose, string>>> = {
  models: "models",
  backups: "backups",
  telemetry: "telemetry",
  exports: "analytics",
};

/** Buckets as pods use them: LKE has no workload identity, so a key of its own opens each. (C8) */
function podBuckets(
  { buckets, keys }: LinodeObjectStorage,
  region: string,
): Readonly<Partial<Record<BucketPurpose, Bucket>>> {
  return Object.fromEntries(
    Object.entries(podKeys).flatMap(([purpose, keyName]) => {
      const bucket = buckets[purpose];
      const key = keys[keyName];
      if (bucket === undefined || key === undefined) return [];
      return [
        [
          purpose,
          {
            name: bucket.label,
            region,
            endpoint: pulumi.interpolate`https://${bucket.endpoint}`,
            hosts: [`*.${region}-1.linodeobjects.com`],
            key,
          },
        ],
      ];
    }),
  );
}

type OwnedArgs = Pick<LinodeConfig, "nodePools" | "region"> & {
  readonly cluster: OwnedLinodeCluster;
  readonly protectData: boolean;
};
