import { groupKind } from "../manifest";
import { certificate } from "./cert-manager/certificate";
import { challenges } from "./cert-manager/challenge";
import { ingress, ingressChallenges } from "./cert-manager/ingress";
import { issuer } from "./cert-manager/issuer";
import { bootstrapJobs } from "./cloudnative-pg/bootstrap";
import { deletedByCluster as deletedByPostgresql, cluster as postgresql } from "./cloudnative-pg/cluster";
import { pooler } from "./cloudnative-pg/pooler";
import { elasticsearch } from "./elastic/elasticsearch";
import { kibana } from "./elastic/kibana";
import { community } from "./mongodb/community";
import type { CustomResource, Deleted, Operator } from "./operator";
import { alertmanager } from "./prometheus/alertmanager";
import { prometheus } from "./prometheus/prometheus";
import { cluster as rabbitmq } from "./rabbitmq/cluster";
import { user as rabbitmqUser } from "./rabbitmq/user";
import {
  deletedByCluster,
  deletedByReplication,
  deletedBySentinel,
  cluster as redisCluster,
  replication,
  sentinel,
} from "./redis/resources";
import { externalSecret } from "./secrets/external";
import { sealedSecret } from "./secrets/sealed";
import { kafka } from "./strimzi/kafka";
import { pool } from "./strimzi/pool";
import { user as kafkaUser } from "./strimzi/user";

/**
 * Operators by the kinds that they act on, as `group/Kind`. Ingress is one of them: cert-manager acts on it.
 */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ["bitnami.com/SealedSecret", sealedSecret],
  ["cert-manager.io/Certificate", certificate],
  ["cert-manager.io/ClusterIssuer", issuer],
  ["cert-manager.io/Issuer", issuer],
  ["elasticsearch.k8s.elastic.co/Elasticsearch", elasticsearch],
  ["external-secrets.io/ExternalSecret", externalSecret],
  ["kafka.strimzi.io/Kafka", kafka],
  ["kafka.strimzi.io/KafkaNodePool", pool],
  ["kafka.strimzi.io/KafkaUser", kafkaUser],
  ["kibana.k8s.elastic.co/Kibana", kibana],
  ["mongodbcommunity.mongodb.com/MongoDBCommunity", community],
  ["monitoring.coreos.com/Alertmanager", alertmanager],
  ["monitoring.coreos.com/Prometheus", prometheus],
  ["networking.k8s.io/Ingress", ingress],
  ["postgresql.cnpg.io/Cluster", postgresql],
  ["postgresql.cnpg.io/Pooler", pooler],
  ["rabbitmq.com/RabbitmqCluster", rabbitmq],
  ["rabbitmq.com/User", rabbitmqUser],
  ["redis.redis.opstreelabs.in/RedisCluster", redisCluster],
  ["redis.redis.opstreelabs.in/RedisReplication", replication],
  ["redis.redis.opstreelabs.in/RedisSentinel", sentinel],
]);

/** Kinds of custom resources that lead to no Kubernetes objects: their operators change other things. */
export const makesNothing: ReadonlySet<string> = new Set([
  "argoproj.io/AppProject",
  "autoscaling.k8s.io/VerticalPodAutoscaler",
  "barmancloud.cnpg.io/ObjectStore",
  "external-secrets.io/ClusterSecretStore",
  "external-secrets.io/SecretStore",
  "kafka.strimzi.io/KafkaTopic",
  "monitoring.coreos.com/AlertmanagerConfig",
  "monitoring.coreos.com/PodMonitor",
  "monitoring.coreos.com/PrometheusRule",
  "monitoring.coreos.com/ServiceMonitor",
  "postgresql.cnpg.io/ClusterImageCatalog",
  "postgresql.cnpg.io/ImageCatalog",
  "postgresql.cnpg.io/ScheduledBackup",
  "rabbitmq.com/Binding",
  "rabbitmq.com/Exchange",
  "rabbitmq.com/Permission",
  "rabbitmq.com/Policy",
  "rabbitmq.com/Queue",
  "rabbitmq.com/Vhost",
  "security.istio.io/AuthorizationPolicy",
  "security.istio.io/PeerAuthentication",
  "snapshot.storage.k8s.io/VolumeSnapshotClass",
]);

/**
 * Temporary objects of operators, by the same kinds: Jobs that prepare databases, and objects while a
 * certificate is issued. `operators` does not include them.
 */
export const passing: ReadonlyMap<string, Operator> = new Map([
  ["cert-manager.io/Certificate", challenges],
  ["networking.k8s.io/Ingress", ingressChallenges],
  ["postgresql.cnpg.io/Cluster", bootstrapJobs],
]);

const deleting: ReadonlyMap<string, (resource: CustomResource) => readonly Deleted[]> = new Map([
  ["postgresql.cnpg.io/Cluster", deletedByPostgresql],
  ["redis.redis.opstreelabs.in/RedisCluster", deletedByCluster],
  ["redis.redis.opstreelabs.in/RedisReplication", deletedByReplication],
  ["redis.redis.opstreelabs.in/RedisSentinel", deletedBySentinel],
]);

/** Objects that the operator of a custom resource deletes, also when something else created them. */
export function deletes(resource: CustomResource): readonly Deleted[] {
  return deleting.get(groupKind(resource))?.(resource) ?? [];
}
