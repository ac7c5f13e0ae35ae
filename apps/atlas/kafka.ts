import type * as pulumi from "@pulumi/pulumi";
import { Kafka, type KafkaTopic } from "../../infra/data/kafka";
import type { KafkaSizes } from "../../infra/data/kafka-node-pools";
import type { Site } from "../../infra/kit/site";

const week = 168;

/** Topics of Atlas: raw events, the features made of them, and the models' results. (000) */
const topics: readonly KafkaTopic[] = [
  { name: "events", partitions: 12, retentionHours: week },
  { name: "features", partitions: 12, retentionHours: week },
  { name: "inference-results", partitions: 12, retentionHours: 4 * week },
];

/** Sizes in production as in 000. The controllers get what 000 gives to ZooKeeper. */
const sizes: KafkaSizes = {
  brokers: {
    production: { cpu: "2000m", cpuLimit: "4000m", memory: "4Gi", memoryLimit: "8Gi", storage: "100Gi" },
    staging: { cpu: "200m", cpuLimit: "1000m", memory: "1Gi", memoryLimit: "2Gi", storage: "20Gi" },
    development: { cpu: "50m", cpuLimit: "1000m", memory: "768Mi", memoryLimit: "1Gi", storage: "10Gi" },
  },
  controllers: {
    production: { cpu: "500m", cpuLimit: "1000m", memory: "1Gi", memoryLimit: "2Gi", storage: "10Gi" },
    staging: { cpu: "50m", cpuLimit: "500m", memory: "512Mi", memoryLimit: "1Gi", storage: "5Gi" },
    development: { cpu: "50m", cpuLimit: "500m", memory: "512Mi", memoryLimit: "512Mi", storage: "5Gi" },
  },
};

/** Atlas' event streaming. (P8, 000) */
export function createKafka(
  name: string,
  site: Site,
  namespace: string,
  options: pulumi.ComponentResourceOptions,
): Kafka {
  return new Kafka(
    name,
    {
      site,
      namespace,
      clusterName: "atlas-kafka-cluster",
      sizes,
      topics,
      bundle: "atlas-kafka-credentials",
      user: "ml-pipeline",
    },
    options,
  );
}
