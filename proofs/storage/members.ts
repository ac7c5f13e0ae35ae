import { at, numberAt, textAt } from "../../model/facts/read";
import { groupKind } from "../../model/manifest";
import type { Model, ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

type Found = Pick<Fault, "rule" | "fix" | "source">;

/** What is wrong with the members of a store, by the kind of its resource. */
const kinds: Readonly<Record<string, (object: ModelObject, model: Model) => readonly Found[]>> = {
  "kafka.strimzi.io/KafkaTopic": topic,
  "kafka.strimzi.io/Kafka": defaults,
  "rabbitmq.com/RabbitmqCluster": ({ manifest }) =>
    odd(numberAt(manifest, "spec", "replicas") ?? 1, "RabbitMQ, quorum queues and clustering"),
  "mongodbcommunity.mongodb.com/MongoDBCommunity": ({ manifest }) =>
    odd(numberAt(manifest, "spec", "members") ?? 1, "MongoDB, replica set deployment architectures"),
  "redis.redis.opstreelabs.in/RedisSentinel": sentinel,
};

/** Copies of data have members to be on, and a majority of them decides. */
export const membersAgree: Check = ({ model }) =>
  each(
    model.objects.filter(
      ({ manifest }) => manifest !== undefined && kinds[groupKind(manifest)] !== undefined,
    ),
    (object) => {
      const check = object.manifest && kinds[groupKind(object.manifest)];
      return (check?.(object, model) ?? []).map((found) => ({ object: nameOf(object), ...found }));
    },
  );

const ofKafka = "Apache Kafka, topic configuration: replication.factor, min.insync.replicas";

function topic({ cluster, namespace, manifest }: ModelObject, model: Model): readonly Found[] {
  const copies = numberAt(manifest, "spec", "replicas");
  if (copies === undefined) return [];
  const brokers = brokersIn(model, cluster, namespace);
  const insync = Number(at(manifest, "spec", "config", "min.insync.replicas") ?? 1);
  return [
    ...(brokers > 0 && copies > brokers
      ? [
          {
            rule: `it wants ${copies} copies, and there are ${brokers} brokers: it is never made`,
            source: ofKafka,
            fix: `ask for ${brokers} at most`,
          },
        ]
      : []),
    ...shut(copies, insync),
  ];
}

/** With one broker there is nothing to lose but all. */
function shut(copies: number, insync: number): readonly Found[] {
  return copies > 1 && insync >= copies
    ? [
        {
          rule: `it takes writes only while all ${copies} copies are there: one broker that restarts stops them`,
          source: ofKafka,
          fix: `set min.insync.replicas to ${copies - 1}`,
        },
      ]
    : [];
}

function defaults({ cluster, namespace, manifest }: ModelObject, model: Model): readonly Found[] {
  const config = (key: string) => Number(at(manifest, "spec", "kafka", "config", key) ?? 1);
  const brokers = brokersIn(model, cluster, namespace);
  const copied = [
    "default.replication.factor",
    "offsets.topic.replication.factor",
    "transaction.state.log.replication.factor",
  ];
  return [
    ...copied
      .filter((key) => brokers > 0 && config(key) > brokers)
      .map((key) => ({
        rule: `its ${key} is ${config(key)}, and there are ${brokers} brokers`,
        source: ofKafka,
        fix: `set it to ${brokers} at most`,
      })),
    ...shut(config("default.replication.factor"), config("min.insync.replicas")),
  ];
}

function brokersIn(model: Model, cluster: string, namespace: string | undefined): number {
  return model
    .of("KafkaNodePool")
    .filter((pool) => pool.cluster === cluster && pool.namespace === namespace)
    .filter(({ manifest }) => JSON.stringify(at(manifest, "spec", "roles") ?? []).includes("broker"))
    .reduce((total, { manifest }) => total + (numberAt(manifest, "spec", "replicas") ?? 1), 0);
}

function odd(members: number, source: string): readonly Found[] {
  return members > 1 && members % 2 === 0
    ? [
        {
          rule: `of its ${members} members half may be on either side of a broken network: neither side decides`,
          source,
          fix: "take an odd number of members",
        },
      ]
    : [];
}

function sentinel({ manifest }: ModelObject): readonly Found[] {
  const size = numberAt(manifest, "spec", "clusterSize") ?? 1;
  const quorum = Number(textAt(manifest, "spec", "redisSentinelConfig", "quorum") ?? 2);
  return quorum <= size && (size === 1 || quorum > size / 2)
    ? []
    : [
        {
          rule: `${quorum} of its ${size} Sentinels have to agree that a leader is gone: ${quorum > size ? "there are never as many" : "two sides may decide differently"}`,
          source: "Redis, high availability with Sentinel: quorum",
          fix: `set the quorum to ${Math.floor(size / 2) + 1}`,
        },
      ];
}
