import { Short } from "@grafana/grafana-foundation-sdk/units";
import { streamSuffix } from "../../data/rabbitmq-queues";
import type { Links } from "../links";
import type { Section } from "./dashboard";

/** Messages of a RabbitMQ that wait, and those in progress. */
export function queuePanel(matcher: string, links: Links): Section["panels"][number] {
  return {
    title: "Messages in the queue",
    unit: Short,
    queries: {
      ready: `sum(rabbitmq_detailed_queue_messages_ready{${matcher},queue!~".*${streamSuffix}"})`,
      "in work": `sum(rabbitmq_detailed_queue_messages_unacked{${matcher},queue!~".*${streamSuffix}"})`,
    },
    limit: { above: 1000 },
    runbook: links.runbook("RabbitmqQueueGrowing"),
  };
}
