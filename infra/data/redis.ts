import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { configurationAnnotation } from "../kit/checksum";
import { imageReference } from "../kit/mirror";
import { childOptions, type Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod } from "../kit/values";
import { messagingSoftware } from "../platform/charts/messaging";
import type { storeResources } from "./size";

/** What happens to keys when memory is full. */
export type Eviction =
  /** Nothing is dropped: writes fail. */
  | "noeviction"
  /** Of the keys that have a time to live, those used longest ago. */
  | "volatile-lru"
  /** Of all keys, those used longest ago. */
  | "allkeys-lru";

/** How a Redis works, beside its size. */
export interface RedisBehaviour {
  readonly eviction: Eviction;
  /** A snapshot is taken after so many seconds in which something changed, besides the append-only file. (R1) */
  readonly snapshotSeconds: number;
}

/** The bundle key under which every Redis has its password. */
export const passwordKey = "password";

/** The port of the exporter beside every Redis, and its name. */
export const redisExporterPort = { name: "redis-exporter", number: 9121 };

/** A user that owns nothing in the image; volumes are given to its group. */
const user = 1000;

/** Share of a container's memory that data may take: the rest is for copies, buffers and rewriting the log. */
const dataPercentOfMemory = 75;

/** What pods of every kind of Redis say of their security. */
export const redisPodSecurity = { ...restrictedPod, runAsUser: user, runAsGroup: user, fsGroup: user };

/** The container that writes the configuration takes its security from this; it is no further container. */
export function configurationWriter({ settings }: Site) {
  return {
    enabled: false,
    image: imageReference(messagingSoftware.valkey.image, settings.mirror),
    securityContext: restrictedContainer,
  };
}

/** The container that Redis, or a Sentinel, runs in. */
export function redisContainer(
  { settings }: Site,
  requirements: ReturnType<typeof storeResources>,
  bundle: string,
) {
  return {
    image: imageReference(messagingSoftware.valkey.image, settings.mirror),
    imagePullPolicy: "IfNotPresent",
    resources: requirements,
    redisSecret: { name: bundle, key: passwordKey },
  };
}

/** Metrics of a Redis or a Sentinel, from a container beside it. */
export function redisExporter({ settings }: Site) {
  return {
    enabled: true,
    image: imageReference(messagingSoftware.redisExporter.image, settings.mirror),
    imagePullPolicy: "IfNotPresent",
    port: redisExporterPort.number,
    resources: resources({ cpu: "10m", memory: "32Mi", cpuLimit: "100m" }),
    securityContext: restrictedContainer,
  };
}

/** A volume for each pod. */
export function volumeClaim(storageClassName: "fast-ssd" | "standard", storage: string) {
  return {
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName,
      resources: { requests: { storage } },
    },
  };
}

/** A Redis' configuration, by reference, and what changes with it, so that pods can be rolled. */
export interface RedisConfiguration {
  readonly redisConfig: { readonly additionalRedisConfig: string; readonly maxMemoryPercentOfLimit: number };
  readonly annotations: Readonly<Record<string, string>>;
  readonly resource: pulumi.Resource;
}

/** Writes down how a Redis works: every write goes to the append-only file, within a second to the disk. (002, 003) */
export function redisConfiguration(
  name: string,
  args: {
    readonly site: Site;
    readonly namespace: string;
    readonly storeName: string;
    readonly behaviour: RedisBehaviour;
    /** Milliseconds without an answer after which the members of a cluster take one for failed. */
    readonly nodeTimeout?: number;
  },
  parent: pulumi.Resource,
): RedisConfiguration {
  const { site, namespace, storeName, behaviour, nodeTimeout } = args;
  const lines = [
    "appendonly yes",
    "appendfsync everysec",
    `maxmemory-policy ${behaviour.eviction}`,
    'save ""',
    `save ${behaviour.snapshotSeconds} 1`,
    ...(nodeTimeout === undefined ? [] : [`cluster-node-timeout ${nodeTimeout}`]),
  ];
  const configMap = `${storeName}-configuration`;
  return {
    redisConfig: { additionalRedisConfig: configMap, maxMemoryPercentOfLimit: dataPercentOfMemory },
    annotations: { [configurationAnnotation]: lines.join("; ") },
    resource: new ConfigMap(
      name,
      {
        metadata: { name: configMap, namespace },
        data: { "redis-additional.conf": `${lines.join("\n")}\n` },
      },
      childOptions(parent, site, namespace),
    ),
  };
}
