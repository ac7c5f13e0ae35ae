import { z } from "zod";
import { container, resources } from "../parts/container";
import { placement } from "../parts/placement";

const budget = z
  .object({
    enabled: z.boolean().default(false),
    minAvailable: z.number().optional(),
    maxUnavailable: z.number().optional(),
  })
  .optional();

export type Budget = z.infer<typeof budget>;

const redisConfig = z.object({ additionalRedisConfig: z.string().optional() }).optional();

/** What the resources of redis-operator 0.26.0 have in common. */
const common = z.object({
  clusterSize: z.number(),
  kubernetesConfig: z.object({
    image: z.string(),
    resources: resources.optional(),
    redisSecret: z.object({ name: z.string(), key: z.string() }).optional(),
    service: z
      .object({
        serviceType: z.string().default("ClusterIP"),
        additional: z.object({ enabled: z.boolean().default(true) }).optional(),
      })
      .optional(),
  }),
  redisExporter: z
    .object({
      enabled: z.boolean().default(false),
      image: z.string(),
      port: z.number().default(9121),
      resources: resources.optional(),
      securityContext: z.unknown().optional(),
      env: z.unknown().optional(),
    })
    .optional(),
  initContainer: z
    .object({
      enabled: z.boolean().default(false),
      image: z.string().optional(),
      resources: z.unknown().optional(),
      securityContext: z.unknown().optional(),
      env: z.unknown().optional(),
      command: z.unknown().optional(),
      args: z.unknown().optional(),
    })
    .optional(),
  sidecars: z.array(container).default([]),
  env: z.unknown().optional(),
  podSecurityContext: z.unknown().optional(),
  priorityClassName: z.string().optional(),
  serviceAccountName: z.string().optional(),
});

/** Placement of pods, which RedisCluster sets for each half. */
const pods = placement.omit({ priorityClassName: true }).extend({
  securityContext: z.unknown().optional(),
  terminationGracePeriodSeconds: z.number().default(30),
  pdb: budget,
});

export const replicationSpec = common.extend(pods.shape).extend({
  redisConfig,
  storage: z.object({ volumeClaimTemplate: z.unknown().optional() }).optional(),
});

export const sentinelSpec = common.extend(pods.shape).extend({
  redisSentinelConfig: z
    .object({
      additionalSentinelConfig: z.string().optional(),
      redisReplicationPassword: z
        .object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) })
        .optional(),
    })
    .optional(),
});

const half = pods.extend({
  replicas: z.number().optional(),
  resources: resources.optional(),
  redisConfig,
});

export const clusterSpec = common.extend({
  port: z.number().default(6379),
  persistenceEnabled: z.boolean().default(false),
  redisLeader: half.prefault({}),
  redisFollower: half.prefault({}),
  storage: z
    .object({
      volumeClaimTemplate: z.unknown().optional(),
      nodeConfVolume: z.boolean().default(false),
      nodeConfVolumeClaimTemplate: z.unknown().optional(),
    })
    .optional(),
});

export type CommonSpec = z.infer<typeof common>;
export type PodsSpec = z.infer<typeof pods>;
