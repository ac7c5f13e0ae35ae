import { RequestsPerSecond, Short } from "@grafana/grafana-foundation-sdk/units";
import { containerSection } from "./containers";
import type { DashboardOf } from "./context";
import { requestSection } from "./requests";

/** The AI Middleware: 003's panels, its queue and its containers. Its `endpoint` is exported, for Prometheus has one too. */
export const aiMiddleware: DashboardOf = ({ systems, links }) => {
  const scope = systems.find(({ owner }) => owner === "ai-middleware");
  if (scope === undefined) return undefined;
  const { environment, matcher } = scope;
  return {
    name: "ai-middleware",
    title: "AI Middleware",
    owner: "ai-middleware",
    environments: [environment],
    sections: [
      {
        title: "Use",
        panels: [
          {
            title: "Request rate",
            unit: RequestsPerSecond,
            queries: {
              "{{method}} {{exported_endpoint}}": `sum by (method, exported_endpoint) (rate(http_requests_total{${matcher}}[5m]))`,
            },
          },
          {
            title: "AI provider usage",
            unit: RequestsPerSecond,
            queries: { "{{provider}}": `sum by (provider) (rate(ai_requests_total{${matcher}}[5m]))` },
          },
          {
            title: "Messages in the queue",
            unit: Short,
            queries: {
              ready: `sum(rabbitmq_queue_messages_ready{${matcher}})`,
              "in work": `sum(rabbitmq_queue_messages_unacked{${matcher}})`,
            },
            limit: { above: 1000 },
            runbook: links.runbook("RabbitmqQueueGrowing"),
          },
        ],
      },
      requestSection(matcher, links),
      containerSection(matcher, links),
    ],
  };
};
