import { kindOf } from "../kubernetes/objects";

/** Cloud resources whose data is lost with them, or that take a whole cluster or domain with them. */
const clouds = new Set([
  "aws:backup/vault:Vault",
  "aws:cloudhsmv2/cluster:Cluster",
  "aws:codecommit/repository:Repository",
  "aws:cognito/userPool:UserPool",
  "aws:directoryservice/directory:Directory",
  "aws:docdb/cluster:Cluster",
  "aws:docdb/elasticCluster:ElasticCluster",
  "aws:docdb/globalCluster:GlobalCluster",
  "aws:dsql/cluster:Cluster",
  "aws:dynamodb/globalTable:GlobalTable",
  "aws:dynamodb/table:Table",
  "aws:ebs/volume:Volume",
  "aws:ecr/repository:Repository",
  "aws:efs/fileSystem:FileSystem",
  "aws:eks/cluster:Cluster",
  "aws:elasticache/cluster:Cluster",
  "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:elasticache/serverlessCache:ServerlessCache",
  "aws:elasticsearch/domain:Domain",
  "aws:fsx/lustreFileSystem:LustreFileSystem",
  "aws:fsx/ontapFileSystem:OntapFileSystem",
  "aws:fsx/ontapVolume:OntapVolume",
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
  "aws:fsx/openZfsVolume:OpenZfsVolume",
  "aws:fsx/windowsFileSystem:WindowsFileSystem",
  "aws:glacier/vault:Vault",
  "aws:keyspaces/keyspace:Keyspace",
  "aws:keyspaces/table:Table",
  "aws:kinesis/stream:Stream",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/key:Key",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:lightsail/database:Database",
  "aws:lightsail/disk:Disk",
  "aws:memorydb/cluster:Cluster",
  "aws:mq/broker:Broker",
  "aws:msk/cluster:Cluster",
  "aws:msk/serverlessCluster:ServerlessCluster",
  "aws:neptune/cluster:Cluster",
  "aws:neptune/globalCluster:GlobalCluster",
  "aws:neptunegraph/graph:Graph",
  "aws:opensearch/domain:Domain",
  "aws:opensearch/serverlessCollection:ServerlessCollection",
  "aws:qldb/ledger:Ledger",
  "aws:rds/cluster:Cluster",
  "aws:rds/globalCluster:GlobalCluster",
  "aws:rds/instance:Instance",
  "aws:redshift/cluster:Cluster",
  "aws:redshiftserverless/namespace:Namespace",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:s3/directoryBucket:DirectoryBucket",
  "aws:s3tables/tableBucket:TableBucket",
  "aws:secretsmanager/secret:Secret",
  "aws:timestreaminfluxdb/dbInstance:DbInstance",
  "aws:timestreamwrite/database:Database",
  "aws:timestreamwrite/table:Table",
  "linode:index/databaseMysql:DatabaseMysql",
  "linode:index/databaseMysqlV2:DatabaseMysqlV2",
  "linode:index/databasePostgresql:DatabasePostgresql",
  "linode:index/databasePostgresqlV2:DatabasePostgresqlV2",
  "linode:index/image:Image",
  "linode:index/lkeCluster:LkeCluster",
  "linode:index/objectStorageBucket:ObjectStorageBucket",
  "linode:index/volume:Volume",
]);

/** Kubernetes kinds whose data is deleted with the object; operators delete the stores of their resources. */
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

/** Kinds that also hold data, but often only a cache or data that the program can create again. */
const others = new Set([
  "kubernetes:core/v1:Namespace",
  "kubernetes:core/v1:PersistentVolume",
  "kubernetes:core/v1:PersistentVolumeClaim",
  "linode:index/domain:Domain",
]);

/** Whether a resource of this type is a store, or carries one, and must be protected. */
export function isStore(type: string): boolean {
  return clouds.has(type) || kinds.has(kindOf(type) ?? "");
}

/** Whether deleting or replacing a resource of this type loses data. */
export function holdsData(type: string): boolean {
  return isStore(type) || others.has(type);
}
