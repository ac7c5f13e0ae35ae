import type { Chart } from "../../kit/chart";
import type { Software } from "../../kit/software";
import { imageWithRegistry } from "./image";

// renovate: datasource=docker depName=quay.io/strimzi-helm/strimzi-kafka-operator
const strimziVersion = "1.2.0";
// renovate: datasource=docker depName=quay.io/opstree/redis-operator
const redisOperatorVersion = "v0.26.0";
// renovate: datasource=github-releases depName=rabbitmq/cluster-operator
const rabbitmqClusterOperatorVersion = "v2.22.3";
// renovate: datasource=github-releases depName=rabbitmq/messaging-topology-operator
const rabbitmqTopologyOperatorVersion = "v1.20.1";

/** One of the components that Strimzi's own image holds. */
function strimziImage(path: string) {
  return imageWithRegistry(`quay.io/strimzi/operator:${strimziVersion}`, path);
}

/** The operator's image, which is also the one that writes a Redis' configuration before it starts. */
function redisOperatorImage(tag: string) {
  return {
    image: `quay.io/opstree/redis-operator:${redisOperatorVersion}`,
    at: { repository: "redisOperator.imageName", tag: `redisOperator.${tag}` },
  };
}

/** Definitions in a folder of a repository at a tag. */
function definitionsIn(repository: string, tag: string, folder: string, names: readonly string[]) {
  return names.map((name) => `https://raw.githubusercontent.com/${repository}/${tag}/${folder}/${name}.yaml`);
}

/** Charts of the operators for Kafka and Redis. */
export const messagingCharts = {
  strimzi: {
    name: "strimzi-kafka-operator",
    repository: "oci://quay.io/strimzi-helm/strimzi-kafka-operator",
    version: strimziVersion,
    appVersion: strimziVersion,
    licence: "Apache-2.0",
    reason:
      "What 000's manifest is written for, in the version that serves Kafka without ZooKeeper. (P8, 000)",
    images: [
      strimziImage("image"),
      strimziImage("topicOperator.image"),
      strimziImage("userOperator.image"),
      strimziImage("kafkaInit.image"),
    ],
    definitions: definitionsIn(
      "strimzi/strimzi-kafka-operator",
      strimziVersion,
      "packaging/helm-charts/helm3/strimzi-kafka-operator/crds",
      [
        "040-Crd-kafka",
        "041-Crd-kafkaconnect",
        "042-Crd-strimzipodset",
        "043-Crd-kafkatopic",
        "044-Crd-kafkauser",
        "045-Crd-kafkanodepool",
        "046-Crd-kafkabridge",
        "047-Crd-kafkaconnector",
        "048-Crd-kafkamirrormaker2",
        "049-Crd-kafkarebalance",
      ],
    ),
  },
  redisOperator: {
    name: "redis-operator",
    repository: "https://ot-container-kit.github.io/helm-charts",
    version: "0.26.1",
    appVersion: "0.26.0",
    licence: "Apache-2.0",
    reason:
      "The one maintained operator that knows Sentinel and clusters alike, and joins a cluster's nodes. (P10, 000, 001, 003)",
    images: [redisOperatorImage("imageTag"), redisOperatorImage("initContainerImageTag")],
    definitions: definitionsIn(
      "OT-CONTAINER-KIT/redis-operator",
      redisOperatorVersion,
      "config/crd/bases",
      ["redis", "redisclusters", "redisreplications", "redissentinels"].map(
        (plural) => `redis.redis.opstreelabs.in_${plural}`,
      ),
    ),
  },
} as const satisfies Readonly<Record<string, Chart>>;

/** Kinds of objects that RabbitMQ's topology operator carries over, in the plural. */
export const rabbitmqTopologyKinds = [
  "bindings",
  "exchanges",
  "federations",
  "operatorpolicies",
  "permissions",
  "policies",
  "queues",
  "schemareplications",
  "shovels",
  "superstreams",
  "topicpermissions",
  "users",
  "vhosts",
] as const;

/** What runs in the cluster for messages and caches without a chart of its own. */
export const messagingSoftware = {
  kafka: {
    name: "kafka",
    version: "4.3.1",
    licence: "Apache-2.0",
    reason: "The newest that Strimzi 1.2.0 runs; 000's 3.5.1 needed ZooKeeper, which Kafka has dropped. (D4)",
    image: `quay.io/strimzi/kafka:${strimziVersion}-kafka-4.3.1`,
  },
  rabbitmqClusterOperator: {
    name: "rabbitmq-cluster-operator",
    version: rabbitmqClusterOperatorVersion,
    licence: "MPL-2.0",
    reason: "RabbitMQ's own operator. It has no chart, and its manifest brings a namespace of its own. (P9)",
    image: "ghcr.io/rabbitmq/cluster-operator:2.22.3",
    definitions: definitionsIn(
      "rabbitmq/cluster-operator",
      rabbitmqClusterOperatorVersion,
      "config/crd/bases",
      ["rabbitmq.com_rabbitmqclusters"],
    ),
  },
  rabbitmqTopologyOperator: {
    name: "rabbitmq-topology-operator",
    version: rabbitmqTopologyOperatorVersion,
    licence: "MPL-2.0",
    reason: "Queues, policies and users as Kubernetes objects, from the same house. (P9)",
    image: "ghcr.io/rabbitmq/messaging-topology-operator:1.20.1",
    definitions: definitionsIn(
      "rabbitmq/messaging-topology-operator",
      rabbitmqTopologyOperatorVersion,
      "config/crd/bases",
      rabbitmqTopologyKinds.map((plural) => `rabbitmq.com_${plural}`),
    ),
  },
  rabbitmq: {
    name: "rabbitmq",
    version: "4.2.6",
    licence: "MPL-2.0",
    reason: "The version that the operator is released with. (D4)",
    image: "docker.io/library/rabbitmq:4.2.6-management",
  },
  valkey: {
    name: "valkey",
    version: "8.1.10",
    licence: "BSD-3-Clause",
    reason:
      "Redis 7 as 000 and 003 know it has reached its end, and later ones changed their licence. Valkey goes on from 7.2 under the old one, and its image has every program under its Redis name too. (D4)",
    image: "docker.io/valkey/valkey:8.1.10-alpine",
  },
  redisExporter: {
    name: "redis-exporter",
    version: "1.89.0",
    licence: "MIT",
    reason: "What Redis' metrics are commonly read with; it knows clusters and Sentinels. (003)",
    image: "docker.io/oliver006/redis_exporter:v1.89.0",
  },
} as const satisfies Readonly<Record<string, Software>>;
