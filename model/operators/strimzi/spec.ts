import { z } from "zod";
import { securityOf } from "../../facts/of-container";
import type { ContainerFacts } from "../../facts/pod";
import type { CustomResource, OperatorContext } from "../operator";
import { refsOf, resources } from "../parts/container";
import { placement } from "../parts/placement";
import { restricted } from "../parts/security";

const metadata = z.object({ labels: z.record(z.string(), z.string()).optional() }).optional();

const pod = placement.extend({
  metadata,
  securityContext: z.unknown().optional(),
  terminationGracePeriodSeconds: z.number().default(30),
});

export type PodTemplate = z.infer<typeof pod>;

const container = z
  .object({ securityContext: z.unknown().optional(), env: z.unknown().optional() })
  .optional();

export type ContainerTemplate = z.infer<typeof container>;

const budget = z.object({ maxUnavailable: z.number().default(1) }).optional();

const kafkaTemplate = z.object({
  pod: pod.optional(),
  kafkaContainer: container,
  podDisruptionBudget: budget,
});

const entity = z.object({ image: z.string().optional(), resources: resources.optional() });

/** The fields of a Kafka from which Strimzi 1.2.0 creates objects; only listeners inside the cluster. */
export const kafkaSpec = z.object({
  kafka: z.object({
    image: z.string().optional(),
    version: z.string().default("4.3.1"),
    listeners: z.array(z.object({ name: z.string(), port: z.number() })).default([]),
    rack: z.object({ topologyKey: z.string() }).optional(),
    resources: resources.optional(),
    metricsConfig: z.object({ type: z.string() }).optional(),
    template: kafkaTemplate.optional(),
  }),
  entityOperator: z
    .object({
      topicOperator: entity.optional(),
      userOperator: entity.extend({ secretPrefix: z.string().default("") }).optional(),
      template: z
        .object({
          pod: pod.optional(),
          topicOperatorContainer: container,
          userOperatorContainer: container,
          podDisruptionBudget: budget,
        })
        .optional(),
    })
    .optional(),
  kafkaExporter: entity
    .extend({
      template: z.object({ pod: pod.optional(), container, podDisruptionBudget: budget }).optional(),
    })
    .optional(),
});

export type KafkaSpec = z.infer<typeof kafkaSpec>;

const volume = z.object({
  id: z.number().default(0),
  type: z.string(),
  class: z.string().optional(),
  size: z.string().optional(),
});

export const poolSpec = z.object({
  replicas: z.number(),
  roles: z.array(z.enum(["broker", "controller"])),
  resources: resources.optional(),
  storage: z.union([z.object({ type: z.literal("jbod"), volumes: z.array(volume) }), volume]),
  template: kafkaTemplate.optional(),
});

export type PoolSpec = z.infer<typeof poolSpec>;

/** One node of a Kafka cluster. */
export interface KafkaNode {
  readonly id: number;
  readonly name: string;
}

export interface Pool {
  readonly name: string;
  readonly spec: PoolSpec;
  readonly nodes: readonly KafkaNode[];
}

/** Label by which pools, topics and users name their cluster. */
export const clusterLabel = "strimzi.io/cluster";

/**
 * Pools of a cluster, by name. Strimzi numbers their nodes consecutively, in this order, when it creates all
 * at once.
 */
export function poolsOf(cluster: string, namespace: string, around: OperatorContext): readonly Pool[] {
  const pools = around
    .resources("kafka.strimzi.io/KafkaNodePool", namespace)
    .filter(({ metadata: { labels } }) => labels?.[clusterLabel] === cluster)
    .toSorted((one, other) => (one.metadata.name < other.metadata.name ? -1 : 1));
  const specs = pools.map(({ spec }) => poolSpec.parse(spec));
  return pools.map(({ metadata: { name } }, index): Pool => {
    const first = specs.slice(0, index).reduce((sum, { replicas }) => sum + replicas, 0);
    const spec = poolSpec.parse(pools[index]?.spec);
    const ids = Array.from({ length: spec.replicas }, (_, offset) => first + offset);
    return { name, spec, nodes: ids.map((id) => ({ id, name: `${cluster}-${name}-${id}` })) };
  });
}

export function clusterOf({ metadata }: CustomResource): string {
  return metadata.labels?.[clusterLabel] ?? "";
}

/** The Kafka of a pool or user; undefined when there is none, and then nothing is created. */
export function kafkaOf(resource: CustomResource, around: OperatorContext): CustomResource | undefined {
  return around
    .resources("kafka.strimzi.io/Kafka", resource.metadata.namespace)
    .find(({ metadata }) => metadata.name === clusterOf(resource));
}

/** The folder for temporary files that Strimzi gives each container. */
export const temporary = "emptyDir 5Mi Memory";

export const operatorImage = "quay.io/strimzi/operator:1.2.0";

export function kafkaImage({ kafka }: KafkaSpec): string {
  return kafka.image ?? `quay.io/strimzi/kafka:1.2.0-kafka-${kafka.version}`;
}

/**
 * A template's settings for a container: its security context replaces the operator's, variables are added.
 */
export function templated(given: ContainerTemplate): Pick<ContainerFacts, "security" | "refs"> {
  const refs = refsOf(given ?? {});
  return {
    security: securityOf(given?.securityContext) ?? restricted,
    refs: refs.length > 0 ? [...refs] : undefined,
  };
}
