import { streamSuffix } from "../../data/rabbitmq-queues";
import { type Rules, selectIn } from "./rule";

/**
 * RabbitMQ's queues and the limits at which it takes no more. A stream's messages stay after they are read, so all of them count
 * as ready: streams are told by their name, and left out. (O2, P9)
 */
export const rabbitmqRules: Rules = (scope) => {
  const select = selectIn(scope);
  const member = `namespace="${scope.namespace}",pod="rabbitmq-server-0"`;
  const ready = "rabbitmq_detailed_queue_messages_ready";
  const memory = "rabbitmq_alarms_memory_used_watermark";
  const disk = "rabbitmq_alarms_free_disk_space_watermark";
  const dead = "rabbitmq_global_messages_dead_lettered_delivery_limit_total";
  return {
    name: "rabbitmq",
    alerts: [
      {
        alert: "RabbitmqQueueGrowing",
        expr: `sum by (namespace, queue) (${select(ready, `queue!~".*${streamSuffix}"`)}) > 1000`,
        for: "10m",
        severity: "warning",
        summary: "{{ $labels.queue }} in {{ $labels.namespace }} grows",
        description: "{{ $value | humanize }} messages wait for a consumer.",
        dashboard: "data-stores",
        fires: { series: { [`${ready}{${member},queue="usage-events"}`]: "5000x20" }, at: "15m" },
        quiet: {
          series: {
            [`${ready}{${member},queue="usage-events"}`]: "10x20",
            [`${ready}{${member},queue="usage-events${streamSuffix}"}`]: "5000x20",
          },
          at: "15m",
        },
      },
      {
        alert: "RabbitmqBlocked",
        // One after the other: `or` of the two metrics would take nothing from the second, which has the same labels.
        expr: `max by (namespace, pod) (${select(memory)}) > 0 or max by (namespace, pod) (${select(disk)}) > 0`,
        for: "1m",
        severity: "critical",
        summary: "RabbitMQ in {{ $labels.namespace }} takes no more messages",
        description: "{{ $labels.pod }} is at its limit of memory or of disk, so every publisher is blocked.",
        dashboard: "data-stores",
        fires: {
          series: { [`${memory}{${member}}`]: "0x10", [`${disk}{${member}}`]: "1x10" },
          at: "5m",
        },
        quiet: {
          series: { [`${memory}{${member}}`]: "0x10", [`${disk}{${member}}`]: "0x10" },
          at: "5m",
        },
      },
      {
        alert: "RabbitmqDeadLetters",
        expr: `sum by (namespace) (increase(${select(dead)}[15m])) > 0`,
        for: "0s",
        severity: "warning",
        summary: "Messages in {{ $labels.namespace }} are given up",
        description:
          "{{ $value | humanize }} messages failed as often as they may, and lie in the dead letters' queue.",
        dashboard: "data-stores",
        fires: { series: { [`${dead}{${member},queue_type="rabbit_quorum_queue"}`]: "0x5 3x15" }, at: "10m" },
        quiet: { series: { [`${dead}{${member},queue_type="rabbit_quorum_queue"}`]: "3x20" }, at: "10m" },
      },
    ],
  };
};
