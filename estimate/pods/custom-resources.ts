import { z } from "zod";
import type { Plan } from "../../model/plan";
import { onePod, type Resources, sum } from "../resources";
import { type Scheduling, schedulingOf, schedulingSpec } from "../scheduling";
import { metadata } from "./objects";
import { always, type PodGroup } from "./pod-group";
import { containerResources, ofContainer, podSpec, requestsOf } from "./requests";

/** Pods of one kind that an operator makes of a custom resource. */
interface Members {
  /** Added to the custom resource's name; empty where it has one kind of pods alone. */
  readonly part: string;
  readonly count: number;
  readonly requests: Resources;
  readonly scheduling: Scheduling;
  /** True for those that take over for others, and have no vote. */
  readonly standby?: true;
}

interface OperatorRule {
  readonly type: string;
  /** What the operator makes of the custom resource. */
  readonly members: (inputs: unknown) => readonly Members[];
}

const template = z.object({ spec: podSpec });

function rule<Spec>(
  type: string,
  spec: z.ZodType<Spec>,
  members: (spec: Spec) => readonly Members[],
): OperatorRule {
  const object = z.object({ spec });
  return { type: `kubernetes:${type}`, members: (inputs) => members(object.parse(inputs).spec) };
}

function ofTemplate(part: string, count: number, { spec }: z.infer<typeof template>): Members {
  return { part, count, requests: requestsOf(spec), scheduling: schedulingOf(spec) };
}

function ofContainers(
  part: string,
  count: number,
  containers: readonly z.infer<typeof containerResources>[],
  scheduling: z.infer<typeof schedulingSpec>,
): Members {
  const requests = sum([...containers.map((resources) => ofContainer({ resources })), onePod]);
  return { part, count, requests, scheduling: schedulingOf(scheduling) };
}

const operator = z.object({ resources: containerResources }).optional();
const redis = {
  kubernetesConfig: z.object({ resources: containerResources }),
  redisExporter: z.object({ resources: containerResources }).optional(),
};
const redisMembers = schedulingSpec.extend(redis).extend({ clusterSize: z.number() });

function redisContainers(spec: {
  readonly kubernetesConfig: { readonly resources: z.infer<typeof containerResources> };
  readonly redisExporter?: { readonly resources: z.infer<typeof containerResources> };
}): readonly z.infer<typeof containerResources>[] {
  return [spec.kubernetesConfig.resources, ...(spec.redisExporter ? [spec.redisExporter.resources] : [])];
}

/** What CloudNativePG's own settings mean for its pods. */
const cloudNativeAffinity = schedulingSpec.shape.affinity.unwrap().extend({
  podAntiAffinityType: z.string().optional(),
  topologyKey: z.string().default("kubernetes.io/hostname"),
  tolerations: schedulingSpec.shape.tolerations,
  nodeSelector: schedulingSpec.shape.nodeSelector,
});

/** Operators by the custom resources of which they make pods: as their documentation says, not as their code runs. */
const rules: readonly OperatorRule[] = [
  rule(
    "kafka.strimzi.io/v1:KafkaNodePool",
    z.object({
      replicas: z.number(),
      resources: containerResources,
      template: z.object({ pod: schedulingSpec.optional() }).optional(),
    }),
    (spec) => [ofContainers("", spec.replicas, [spec.resources], spec.template?.pod ?? {})],
  ),
  rule(
    "kafka.strimzi.io/v1:Kafka",
    z.object({ entityOperator: z.object({ topicOperator: operator, userOperator: operator }).optional() }),
    ({ entityOperator }) =>
      entityOperator === undefined
        ? []
        : [
            ofContainers(
              "entity-operator",
              1,
              [entityOperator.topicOperator, entityOperator.userOperator].flatMap(
                (one) => one?.resources ?? [],
              ),
              {},
            ),
          ],
  ),
  rule(
    "postgresql.cnpg.io/v1:Cluster",
    z.object({
      instances: z.number(),
      resources: containerResources,
      affinity: cloudNativeAffinity.optional(),
    }),
    ({ instances, resources, affinity }) => {
      const { podAntiAffinityType, topologyKey, tolerations, nodeSelector, ...rest } = affinity ?? {};
      const members = ofContainers("", instances, [resources], { affinity: rest, tolerations, nodeSelector });
      const apart = podAntiAffinityType === "required" && topologyKey !== undefined ? [topologyKey] : [];
      return [{ ...members, scheduling: { ...members.scheduling, apart } }];
    },
  ),
  rule("postgresql.cnpg.io/v1:Pooler", z.object({ instances: z.number(), template }), (spec) => [
    ofTemplate("", spec.instances, spec.template),
  ]),
  rule(
    "rabbitmq.com/v1beta1:RabbitmqCluster",
    schedulingSpec.extend({ replicas: z.number(), resources: containerResources }),
    (spec) => [ofContainers("server", spec.replicas, [spec.resources], spec)],
  ),
  rule("redis.redis.opstreelabs.in/v1beta2:RedisReplication", redisMembers, (spec) => [
    ofContainers("", spec.clusterSize, redisContainers(spec), spec),
  ]),
  rule("redis.redis.opstreelabs.in/v1beta2:RedisSentinel", redisMembers, (spec) => [
    ofContainers("sentinel", spec.clusterSize, redisContainers(spec), spec),
  ]),
  rule(
    "redis.redis.opstreelabs.in/v1beta2:RedisCluster",
    z.object({
      ...redis,
      clusterSize: z.number(),
      redisLeader: schedulingSpec.extend({ replicas: z.number().optional() }).default({}),
      redisFollower: schedulingSpec.extend({ replicas: z.number().optional() }).default({}),
    }),
    (spec) => {
      const members = (part: string, half: typeof spec.redisLeader) =>
        ofContainers(part, half.replicas ?? spec.clusterSize, redisContainers(spec), half);
      return [
        members("leader", spec.redisLeader),
        { ...members("follower", spec.redisFollower), standby: true },
      ];
    },
  ),
  rule(
    "mongodbcommunity.mongodb.com/v1:MongoDBCommunity",
    z.object({ members: z.number(), statefulSet: z.object({ spec: z.object({ template }) }) }),
    (spec) => [ofTemplate("", spec.members, spec.statefulSet.spec.template)],
  ),
  rule(
    "elasticsearch.k8s.elastic.co/v1:Elasticsearch",
    z.object({ nodeSets: z.array(z.object({ name: z.string(), count: z.number(), podTemplate: template })) }),
    ({ nodeSets }) => nodeSets.map(({ name, count, podTemplate }) => ofTemplate(name, count, podTemplate)),
  ),
  rule("kibana.k8s.elastic.co/v1:Kibana", z.object({ count: z.number(), podTemplate: template }), (spec) => [
    ofTemplate("", spec.count, spec.podTemplate),
  ]),
];

/** Types of custom resources whose pods are counted. */
export const countedCustomResources: readonly string[] = rules.map(({ type }) => type);

/** Data stores go before other pods: their class is the program's `data-store`. */
const storePriorityClass = "data-store";

/** Pods that operators make of the plan's custom resources. */
export function podsOfCustomResources(
  plan: Plan,
  priorities: ReadonlyMap<string, number>,
): readonly PodGroup[] {
  const named = z.object({ kind: z.string(), metadata });
  return rules.flatMap(({ type, members }) =>
    plan.all(type, z.unknown()).flatMap(({ inputs, provider = "", system }) => {
      const { kind, metadata: object } = named.parse(inputs);
      return members(inputs).map(({ part, count, requests, scheduling, standby }) => ({
        provider,
        namespace: object.namespace,
        name: part === "" ? object.name : `${object.name}-${part}`,
        kind,
        system,
        requests,
        replicas: always(count),
        onEveryNode: false,
        scheduling,
        standby,
        priority: priorities.get(storePriorityClass) ?? 0,
      }));
    }),
  );
}
