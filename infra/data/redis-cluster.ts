import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { credentialsAnnotation } from "../kit/checksum";
import { memberAffinity, standbyAffinity } from "../kit/placement";
import { monitorPods } from "../kit/pod-monitor";
import { childOptions, replicas, type Site } from "../kit/site";
import { restrictedContainer, spread } from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { redisOperator, redisPort } from "../platform/redis-operator";
import type { SecretReference } from "../secrets/secret-bundles";
import { disruptionBudget } from "./disruption-budget";
import { keptWithData } from "./lifetime";
import {
  configurationWriter,
  passwordKey,
  type RedisBehaviour,
  redisConfiguration,
  redisContainer,
  redisExporter,
  redisExporterPort,
  redisPodSecurity,
  volumeClaim,
} from "./redis";
import { type StoreSizes, storeResources } from "./size";
import type { DataStore, Endpoint } from "./store";

/** Arguments of {@link RedisCluster}. */
export interface RedisClusterArgs {
  readonly site: Site;
  readonly namespace: string;
  /** The store's name, from which the operator makes all others: Services `NAME-leader` and `NAME-follower`. */
  readonly storeName: string;
  /** What each member gets. */
  readonly sizes: StoreSizes;
  readonly behaviour: RedisBehaviour;
  /** The bundle with the `password` and the derived `uri`. */
  readonly bundle: string;
}

/** Where the members of a cluster gossip: ten thousand above where clients are served. (003) */
const busPort = redisPort + 10_000;

/** What a cluster knows of itself is a few lines, but a volume has a least size. */
const topologyVolume = "1Gi";

/** Milliseconds after which a member that does not answer has failed, and its follower takes over. (003) */
const nodeTimeout = 5000;

/** How many of a full cluster's six members a drain leaves. (001) */
const membersToKeep = 4;

/**
 * A Redis cluster: three leaders that share the keys, and a follower for each that takes over; a single member, which has
 * all keys, where one of everything is enough. Follower N follows leader N, and no zone has both. Clients have to speak the
 * cluster protocol. (P10, 001, 003)
 */
export class RedisCluster extends pulumi.ComponentResource implements DataStore {
  readonly endpoints: Readonly<Record<"members", Endpoint>>;
  readonly credentials: SecretReference;
  readonly resource: pulumi.Resource;
  /** How clients find the cluster; the first member tells them of the others. A secret. */
  readonly connectionString: pulumi.Output<string>;

  constructor(
    name: string,
    readonly args: RedisClusterArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:data:RedisCluster", name, {}, options);
    const { site, namespace, storeName, bundle } = args;
    const members = pods(namespace, storeName, { cluster: storeName });
    this.endpoints = {
      members: {
        host: `${storeName}-leader.${namespace}.svc`,
        port: redisPort,
        tls: false,
        pods: members,
      },
    };
    const { host, port } = this.endpoints.members;
    const password = site.secrets.value(namespace, bundle, passwordKey);
    this.connectionString = pulumi.secret(pulumi.interpolate`redis://:${password}@${host}:${port}`);
    this.credentials = site.secrets.provide(namespace, bundle, { uri: this.connectionString });

    this.resource = this.createCluster(name, args);
    site.network.allow(members, members, redisPort, busPort);
    site.network.allow(redisOperator, members, redisPort);
    monitorPods(
      `${name}-monitor`,
      { site, pods: members, port: redisExporterPort, members: replicas(site, 6) },
      this,
    );
    if (replicas(site, 3) > 1) {
      disruptionBudget(
        `${name}-budget`,
        { site, pods: members, allowed: { minAvailable: membersToKeep } },
        this,
      );
    }
    this.registerOutputs();
  }

  private createCluster(name: string, args: RedisClusterArgs): pulumi.Resource {
    const { site, namespace, storeName, behaviour, bundle } = args;
    const size = args.sizes[site.environment];
    const leaders = replicas(site, 3);
    const configuration = redisConfiguration(
      `${name}-configuration`,
      { site, namespace, storeName, behaviour, nodeTimeout },
      this,
    );
    const labelsOf = (role: "leader" | "follower"): Pods["labels"] => ({ app: `${storeName}-${role}`, role });
    const members = (role: "leader" | "follower", count: number) => {
      const labels = labelsOf(role);
      return {
        replicas: count,
        redisConfig: { additionalRedisConfig: configuration.redisConfig.additionalRedisConfig },
        securityContext: restrictedContainer,
        affinity:
          role === "leader"
            ? memberAffinity(site.cluster, count, labels)
            : standbyAffinity(site.cluster, labelsOf("leader")),
        topologySpreadConstraints: spread(labels),
      };
    };
    return new CustomResource(
      `${name}-cluster`,
      {
        apiVersion: "redis.redis.opstreelabs.in/v1beta2",
        kind: "RedisCluster",
        metadata: {
          name: storeName,
          namespace,
          annotations: { ...configuration.annotations, [credentialsAnnotation]: this.credentials.checksum },
        },
        spec: {
          clusterSize: leaders,
          clusterVersion: "v7",
          persistenceEnabled: true,
          kubernetesConfig: redisContainer(site, storeResources(size), bundle),
          initContainer: configurationWriter(site),
          redisConfig: { maxMemoryPercentOfLimit: configuration.redisConfig.maxMemoryPercentOfLimit },
          redisLeader: members("leader", leaders),
          redisFollower: members("follower", leaders > 1 ? leaders : 0),
          redisExporter: redisExporter(site),
          storage: {
            keepAfterDelete: site.protectData,
            volumeClaimTemplate: volumeClaim("fast-ssd", size.storage),
            nodeConfVolume: true,
            nodeConfVolumeClaimTemplate: volumeClaim("standard", topologyVolume),
          },
          podSecurityContext: redisPodSecurity,
          priorityClassName: "data-store",
        },
      },
      {
        ...childOptions(this, site, namespace, this.credentials.resource, configuration.resource),
        ...keptWithData(site),
      },
    );
  }
}
