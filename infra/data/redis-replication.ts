import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { credentialsAnnotation } from "../kit/checksum";
import { memberAffinity } from "../kit/placement";
import { monitorPods } from "../kit/pod-monitor";
import { childOptions, replicas, type Site } from "../kit/site";
import { restrictedContainer, spread } from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { redisOperator, redisPort, sentinelPort } from "../platform/redis-operator";
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

/** Arguments of {@link RedisReplication}. */
export interface RedisReplicationArgs {
  readonly site: Site;
  readonly namespace: string;
  /** The store's name, from which the operator makes all others: Services `NAME-master`, `NAME-replica`, `NAME-sentinel`. */
  readonly storeName: string;
  /** What the master and each replica gets. */
  readonly sizes: StoreSizes;
  /** What each Sentinel gets. It needs no volume. */
  readonly sentinelSizes: StoreSizes;
  readonly behaviour: RedisBehaviour;
  /** The bundle with the `password`; the other keys are connection strings. */
  readonly bundle: string;
  /** The numbered database that each connection string of the bundle leads to, by its key. (000, 002) */
  readonly databases: Readonly<Record<string, number>>;
}

const apiVersion = "redis.redis.opstreelabs.in/v1beta2";

/**
 * A Redis with replicas, and Sentinels that make one of them the master when the master is gone. Clients that know
 * nothing of Sentinel use the Service that always leads to the master. (P10, 000, 002)
 */
export class RedisReplication extends pulumi.ComponentResource implements DataStore {
  readonly endpoints: Readonly<Record<"master" | "replicas" | "sentinel", Endpoint>>;
  readonly credentials: SecretReference;
  readonly resource: pulumi.Resource;
  /** How clients reach each database, by its key in the bundle. Secrets. */
  readonly connectionStrings: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(
    name: string,
    readonly args: RedisReplicationArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:data:RedisReplication", name, {}, options);
    const { site, namespace, storeName, bundle, databases } = args;
    const members = replicas(site, 3);
    const redis = pods(namespace, storeName, {
      app: storeName,
      redis_setup_type: "replication",
      role: "replication",
    });
    const sentinels = pods(namespace, `${storeName}-sentinel`, {
      app: `${storeName}-sentinel`,
      redis_setup_type: "sentinel",
      role: "sentinel",
    });
    const endpoint = (service: string, port: number, party: Pods): Endpoint => ({
      host: `${service}.${namespace}.svc`,
      port,
      tls: false,
      pods: party,
    });
    this.endpoints = {
      master: endpoint(`${storeName}-master`, redisPort, redis),
      replicas: endpoint(`${storeName}-replica`, redisPort, redis),
      sentinel: endpoint(`${storeName}-sentinel`, sentinelPort, sentinels),
    };
    const { host, port } = this.endpoints.master;
    const password = site.secrets.value(namespace, bundle, passwordKey);
    this.connectionStrings = Object.fromEntries(
      Object.entries(databases).map(([key, database]) => [
        key,
        pulumi.secret(pulumi.interpolate`redis://:${password}@${host}:${port}/${database}`),
      ]),
    );
    this.credentials = site.secrets.provide(namespace, bundle, this.connectionStrings);

    this.resource = this.createRedis(name, args, members, redis);
    this.createSentinels(name, args, members, sentinels);
    this.declareNetwork(site, redis, sentinels);
    for (const [part, party] of [
      ["redis", redis],
      ["sentinel", sentinels],
    ] as const) {
      monitorPods(`${name}-${part}-monitor`, { site, pods: party, port: redisExporterPort, members }, this);
      if (members > 1) {
        disruptionBudget(
          `${name}-${part}-budget`,
          {
            site,
            pods: party,
            allowed: { maxUnavailable: 1 },
            budget: part === "sentinel" ? `${party.name}-pdb` : party.name,
          },
          this,
        );
      }
    }
    this.registerOutputs();
  }

  private createRedis(name: string, args: RedisReplicationArgs, members: number, redis: Pods) {
    const { site, namespace, storeName, behaviour, bundle } = args;
    const size = args.sizes[site.environment];
    const configuration = redisConfiguration(
      `${name}-configuration`,
      { site, namespace, storeName, behaviour },
      this,
    );
    return new CustomResource(
      `${name}-redis`,
      {
        apiVersion,
        kind: "RedisReplication",
        metadata: {
          name: storeName,
          namespace,
          annotations: { ...configuration.annotations, [credentialsAnnotation]: this.credentials.checksum },
        },
        spec: {
          clusterSize: members,
          kubernetesConfig: redisContainer(site, storeResources(size), bundle),
          initContainer: configurationWriter(site),
          redisConfig: configuration.redisConfig,
          redisExporter: redisExporter(site),
          storage: {
            keepAfterDelete: site.protectData,
            volumeClaimTemplate: volumeClaim("fast-ssd", size.storage),
          },
          podSecurityContext: redisPodSecurity,
          securityContext: restrictedContainer,
          ...placementOf(site, members, redis),
        },
      },
      {
        ...childOptions(this, site, namespace, this.credentials.resource, configuration.resource),
        ...keptWithData(site),
      },
    );
  }

  private createSentinels(name: string, args: RedisReplicationArgs, members: number, sentinels: Pods): void {
    const { site, namespace, storeName, bundle } = args;
    new CustomResource(
      `${name}-sentinel`,
      {
        apiVersion,
        kind: "RedisSentinel",
        metadata: {
          name: storeName,
          namespace,
          annotations: { [credentialsAnnotation]: this.credentials.checksum },
        },
        spec: {
          clusterSize: members,
          kubernetesConfig: redisContainer(
            site,
            storeResources(args.sentinelSizes[site.environment]),
            bundle,
          ),
          initContainer: configurationWriter(site),
          redisSentinelConfig: {
            redisReplicationName: storeName,
            masterGroupName: "mymaster",
            quorum: String(Math.floor(members / 2) + 1),
            redisReplicationPassword: { secretKeyRef: { name: bundle, key: passwordKey } },
          },
          redisExporter: redisExporter(site),
          podSecurityContext: redisPodSecurity,
          securityContext: restrictedContainer,
          ...placementOf(site, members, sentinels),
        },
      },
      childOptions(this, site, namespace, this.resource),
    );
  }

  private declareNetwork({ network }: Site, redis: Pods, sentinels: Pods): void {
    network.allow(redis, redis, redisPort);
    network.allow(sentinels, redis, redisPort);
    network.allow(sentinels, sentinels, sentinelPort);
    network.allow(redisOperator, redis, redisPort);
    network.allow(redisOperator, sentinels, sentinelPort);
  }
}

function placementOf({ cluster }: Site, members: number, { labels }: Pods) {
  return {
    priorityClassName: "data-store",
    affinity: memberAffinity(cluster, members, labels),
    topologySpreadConstraints: spread(labels),
  };
}
