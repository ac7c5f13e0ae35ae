import { kindOf } from "../kubernetes/objects";

/** Cloud resources that are lost with what they hold, or take a whole cluster or domain with them. */
const clouds = new Set([
  "aws:backup/vault:Vault",
  "aws:docdb/cluster:Cluster",
  "aws:dynamodb/table:Table",
  "aws:ebs/volume:Volume",
  "aws:efs/fileSystem:FileSystem",
  "aws:eks/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:kms/key:Key",
  "aws:msk/cluster:Cluster",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "linode:index/databaseMysqlV2:DatabaseMysqlV2",
  "linode:index/databasePostgresqlV2:DatabasePostgresqlV2",
  "linode:index/lkeCluster:LkeCluster",
  "linode:index/objectStorageBucket:ObjectStorageBucket",
  "linode:index/volume:Volume",
]);

/** Kinds of Kubernetes whose objects go with the data that they hold; operators' resources take their stores along. */
const kinds = new Set([
  "elasticsearch.k8s.elastic.co/Elasticsearch",
  "kafka.strimzi.io/Kafka",
  "kafka.strimzi.io/KafkaNodePool",
  "kafka.strimzi.io/KafkaTopic",
  "mongodbcommunity.mongodb.com/MongoDBCommunity",
  "postgresql.cnpg.io/Cluster",
  "rabbitmq.com/RabbitmqCluster",
  "redis.redis.opstreelabs.in/Redis",
  "redis.redis.opstreelabs.in/RedisCluster",
  "redis.redis.opstreelabs.in/RedisReplication",
]);

/** What holds data as well, but is often only a cache, or made again from what the program says. */
const others = new Set([
  "kubernetes:core/v1:Namespace",
  "kubernetes:core/v1:PersistentVolume",
  "kubernetes:core/v1:PersistentVolumeClaim",
  "linode:index/domain:Domain",
]);

/** Whether a resource of this type is a store, or holds one up, and so must be protected. */
export function isStore(type: string): boolean {
  return clouds.has(type) || kinds.has(kindOf(type) ?? "");
}

/** Whether what a resource of this type holds is lost when it is deleted or replaced. */
export function holdsData(type: string): boolean {
  return isStore(type) || others.has(type);
}
