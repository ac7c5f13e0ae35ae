import { Short } from "@grafana/grafana-foundation-sdk/units";
import type { Links } from "../links";
import type { Section } from "./dashboard";

/** What waits in the queues of a RabbitMQ, and what somebody works on. */
export function queuePanel(matcher: string, links: Links): Section["panels"][number] {
  return {
    title: "Messages in the queue",
    unit: Short,
    queries: {
      ready: `sum(rabbitmq_queue_messages_ready{${matcher}})`,
      "in work": `sum(rabbitmq_queue_messages_unacked{${matcher}})`,
    },
    limit: { above: 1000 },
    runbook: links.runbook("RabbitmqQueueGrowing"),
  };
}
