import { type Rules, selectIn } from "./rule";

/** Kafka's partitions, and how far its consumers are behind. (O2, P8) */
export const kafkaRules: Rules = (scope) => {
  const select = selectIn(scope);
  const here = `namespace="${scope.namespace}"`;
  return {
    name: "kafka",
    alerts: [
      {
        alert: "KafkaPartitionsOffline",
        expr: `max by (namespace) (${select("kafka_controller_kafkacontroller_offlinepartitionscount")}) > 0`,
        for: "1m",
        severity: "critical",
        summary: "Kafka in {{ $labels.namespace }} has partitions without a leader",
        description: "{{ $value }} partitions can be neither written to nor read.",
        dashboard: "data-stores",
        fires: {
          series: { [`kafka_controller_kafkacontroller_offlinepartitionscount{${here}}`]: "2x10" },
          at: "5m",
        },
        quiet: {
          series: { [`kafka_controller_kafkacontroller_offlinepartitionscount{${here}}`]: "0x10" },
          at: "5m",
        },
      },
      {
        alert: "KafkaUnderReplicated",
        expr: `sum by (namespace) (${select("kafka_server_replicamanager_underreplicatedpartitions")}) > 0`,
        for: "10m",
        severity: "warning",
        summary: "Kafka in {{ $labels.namespace }} lacks copies",
        description: "{{ $value }} partitions have fewer copies in step than they should have.",
        dashboard: "data-stores",
        fires: {
          series: { [`kafka_server_replicamanager_underreplicatedpartitions{${here},pod="0"}`]: "3x20" },
          at: "15m",
        },
        quiet: {
          series: { [`kafka_server_replicamanager_underreplicatedpartitions{${here},pod="0"}`]: "3x5 0x15" },
          at: "15m",
        },
      },
      {
        alert: "KafkaConsumerLag",
        expr: `sum by (namespace, consumergroup, topic) (${select("kafka_consumergroup_lag")}) > 10000`,
        for: "10m",
        severity: "warning",
        summary: "{{ $labels.consumergroup }} falls behind on {{ $labels.topic }}",
        description: "{{ $value | humanize }} events wait to be read.",
        dashboard: "data-stores",
        fires: {
          series: {
            [`kafka_consumergroup_lag{${here},consumergroup="g",topic="t",partition="0"}`]: "20000x20",
          },
          at: "15m",
        },
        quiet: {
          series: {
            [`kafka_consumergroup_lag{${here},consumergroup="g",topic="t",partition="0"}`]: "100x20",
          },
          at: "15m",
        },
      },
    ],
  };
};
