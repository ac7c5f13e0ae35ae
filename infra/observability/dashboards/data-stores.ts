import {
  BytesIEC,
  DurationSeconds,
  OpsPerSecond,
  PercentUnit,
  Seconds,
  Short,
} from "@grafana/grafana-foundation-sdk/units";
import { streamSuffix } from "../../data/rabbitmq-queues";
import { hasStores } from "../../kit/site";
import type { StoreKind } from "../../systems/system";
import type { Links } from "../links";
import { slowStatementSeconds, wantedHitRate } from "../rules/efficiency";
import type { DashboardOf } from "./context";
import type { Section } from "./dashboard";

/** The stores of the systems on the cluster. (001, 003) */
export const dataStores: DashboardOf = ({ site, links }) => {
  const shown: readonly (readonly [StoreKind, Section])[] = [
    ["postgresql", postgresql(site.cluster.buckets.backups !== undefined, links)],
    ["redis", redis(links)],
    ["kafka", kafka(links)],
    ["qdrant", qdrant(links)],
    ["rabbitmq", queues(links)],
    ["mongodb", mongodb(links)],
  ];
  const sections = shown.flatMap(([kind, section]) => (hasStores(site, kind) ? [section] : []));
  return sections.length === 0
    ? undefined
    : {
        name: "data-stores",
        title: "Data stores",
        owner: "platform",
        environments: [site.environment],
        sections,
      };
};

function postgresql(backedUp: boolean, links: Links): Section {
  return {
    title: "PostgreSQL",
    panels: [
      {
        title: "Connections",
        unit: Short,
        queries: {
          "{{job}}": "sum by (job) (cnpg_backends_total)",
          "waiting at {{pod}}": "sum by (pod) (cnpg_pgbouncer_pools_cl_waiting)",
        },
        runbook: links.runbook("PostgresqlConnectionsWaiting"),
      },
      {
        title: "Replication lag",
        unit: Seconds,
        queries: { "{{pod}}": "max by (pod) (cnpg_pg_replication_lag)" },
        limit: { above: 30 },
        runbook: links.runbook("PostgresqlReplicationLag"),
      },
      {
        title: "Time of a statement, p95",
        unit: Seconds,
        queries: { "{{job}}": "max by (job) (cnpg_statement_times_p95_seconds)" },
        limit: { above: slowStatementSeconds },
        runbook: links.runbook("PostgresqlSlow"),
      },
      {
        title: "Reads that found their page in memory",
        unit: PercentUnit,
        queries: {
          "{{job}}":
            "sum by (job) (rate(cnpg_pg_stat_database_blks_hit[30m])) / (sum by (job) (rate(cnpg_pg_stat_database_blks_hit[30m])) + sum by (job) (rate(cnpg_pg_stat_database_blks_read[30m])) > 0)",
        },
        limit: { below: wantedHitRate },
        runbook: links.runbook("PostgresqlCacheMisses"),
      },
      {
        title: "Size",
        unit: BytesIEC,
        queries: { "{{job}}": "max by (job) (cnpg_pg_database_size_bytes)" },
      },
      ...(backedUp
        ? [
            {
              title: "Age of the newest backup",
              kind: "number" as const,
              unit: DurationSeconds,
              queries: {
                "{{job}}":
                  "time() - max by (job) (barman_cloud_cloudnative_pg_io_last_available_backup_timestamp > 0)",
              },
              limit: { above: 26 * 3600 },
              runbook: links.runbook("PostgresqlBackupLate"),
            },
          ]
        : []),
    ],
  };
}

function redis(links: Links): Section {
  return {
    title: "Redis",
    panels: [
      {
        title: "Memory",
        unit: PercentUnit,
        queries: {
          "{{namespace}}/{{pod}}":
            "max by (namespace, pod) (redis_memory_used_bytes / (redis_memory_max_bytes > 0))",
        },
        limit: { above: 0.9 },
        runbook: links.runbook("RedisMemoryFull"),
      },
      {
        title: "Keys that were found",
        unit: PercentUnit,
        queries: {
          "{{job}}":
            "sum by (job) (rate(redis_keyspace_hits_total[30m])) / (sum by (job) (rate(redis_keyspace_hits_total[30m])) + sum by (job) (rate(redis_keyspace_misses_total[30m])) > 0)",
        },
        limit: { below: wantedHitRate },
        runbook: links.runbook("RedisCacheMisses"),
      },
      {
        title: "Commands",
        unit: OpsPerSecond,
        queries: {
          "{{namespace}}/{{pod}}": "sum by (namespace, pod) (rate(redis_commands_processed_total[5m]))",
        },
      },
      {
        title: "Clients",
        unit: Short,
        queries: { "{{namespace}}/{{pod}}": "sum by (namespace, pod) (redis_connected_clients)" },
        runbook: links.runbook("RedisDown"),
      },
    ],
  };
}

function kafka(links: Links): Section {
  return {
    title: "Kafka",
    panels: [
      {
        title: "Events",
        unit: OpsPerSecond,
        queries: {
          "{{topic}}":
            'sum by (topic) (rate(kafka_server_brokertopicmetrics_messagesinpersec_total{topic!=""}[5m]))',
        },
      },
      {
        title: "Consumers' lag",
        unit: Short,
        queries: { "{{consumergroup}} {{topic}}": "sum by (consumergroup, topic) (kafka_consumergroup_lag)" },
        limit: { above: 10_000 },
        runbook: links.runbook("KafkaConsumerLag"),
      },
      {
        title: "Partitions that lack copies",
        unit: Short,
        queries: {
          "under-replicated": "sum(kafka_server_replicamanager_underreplicatedpartitions)",
          offline: "max(kafka_controller_kafkacontroller_offlinepartitionscount)",
        },
        limit: { above: 1 },
        runbook: links.runbook("KafkaUnderReplicated"),
      },
    ],
  };
}

function queues(links: Links): Section {
  return {
    title: "RabbitMQ",
    panels: [
      {
        title: "Messages",
        unit: Short,
        queries: {
          "{{namespace}}/{{queue}} ready": `sum by (namespace, queue) (rabbitmq_detailed_queue_messages_ready{queue!~".*${streamSuffix}"})`,
          "{{namespace}}/{{queue}} in work": `sum by (namespace, queue) (rabbitmq_detailed_queue_messages_unacked{queue!~".*${streamSuffix}"})`,
        },
        limit: { above: 1000 },
        runbook: links.runbook("RabbitmqQueueGrowing"),
      },
      {
        title: "Given up in an hour",
        unit: Short,
        queries: {
          "{{namespace}}":
            "sum by (namespace) (increase(rabbitmq_global_messages_dead_lettered_delivery_limit_total[1h]))",
        },
        limit: { above: 1 },
        runbook: links.runbook("RabbitmqDeadLetters"),
      },
    ],
  };
}

function mongodb(links: Links): Section {
  return {
    title: "MongoDB",
    panels: [
      {
        title: "Members that are well",
        kind: "number",
        unit: Short,
        queries: { members: "max(sum by (pod) (mongodb_members_health))" },
        runbook: links.runbook("MongodbMemberDown"),
      },
      {
        title: "Connections",
        unit: Short,
        queries: { "{{pod}}": "max by (pod) (mongodb_connections_current)" },
      },
    ],
  };
}

function qdrant(links: Links): Section {
  return {
    title: "Qdrant",
    panels: [
      {
        title: "Requests",
        unit: OpsPerSecond,
        queries: {
          answered: "sum(rate(rest_responses_total[5m]))",
          failed: "sum(rate(rest_responses_fail_total[5m]))",
        },
      },
      {
        title: "Operations that wait for agreement",
        unit: Short,
        queries: { "{{pod}}": "max by (pod) (cluster_pending_operations_total)" },
        limit: { above: 1 },
        runbook: links.runbook("QdrantConsensusStuck"),
      },
    ],
  };
}
