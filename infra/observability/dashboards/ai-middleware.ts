import { RequestsPerSecond, Short } from "@grafana/grafana-foundation-sdk/units";
import { containerSection } from "./containers";
import type { DashboardOf } from "./context";
import { queuePanel } from "./queue";
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
            title: "AI provider usage in a day",
            kind: "shares",
            unit: Short,
            queries: { "{{provider}}": `sum by (provider) (increase(ai_requests_total{${matcher}}[1d]))` },
          },
          queuePanel(matcher, links),
        ],
      },
      requestSection(matcher, links),
      containerSection(matcher, links),
    ],
  };
};
