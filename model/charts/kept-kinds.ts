/**
 * Kinds, as `group/Kind`, whose specifications the lock keeps, because an operator or a controller makes objects of them. A
 * kind that is added here comes into the lock when it is next refreshed.
 */
export const keptKinds: ReadonlySet<string> = new Set([
  "autoscaling/HorizontalPodAutoscaler",
  "autoscaling.k8s.io/VerticalPodAutoscaler",
  "cert-manager.io/Certificate",
  "elasticsearch.k8s.elastic.co/Elasticsearch",
  "kafka.strimzi.io/Kafka",
  "kafka.strimzi.io/KafkaNodePool",
  "kibana.k8s.elastic.co/Kibana",
  "mongodbcommunity.mongodb.com/MongoDBCommunity",
  "monitoring.coreos.com/Alertmanager",
  "monitoring.coreos.com/Prometheus",
  "networking.k8s.io/Ingress",
  "networking.k8s.io/NetworkPolicy",
  "postgresql.cnpg.io/Cluster",
  "postgresql.cnpg.io/Pooler",
  "rabbitmq.com/RabbitmqCluster",
  "redis.redis.opstreelabs.in/RedisCluster",
  "redis.redis.opstreelabs.in/RedisReplication",
  "redis.redis.opstreelabs.in/RedisSentinel",
]);
