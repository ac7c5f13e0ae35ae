import { RequestsPerSecond, Short } from "@grafana/grafana-foundation-sdk/units";
import { containerSection } from "../../infra/observability/dashboards/containers";
import { queuePanel } from "../../infra/observability/dashboards/queue";
import { requestSection } from "../../infra/observability/dashboards/requests";
import type { SystemDashboard } from "../../infra/observability/system";

/** 003's panels, its queue and its containers. Its label `endpoint` is `exported_endpoint` here: Prometheus sets one of that name. */
export const dashboard: SystemDashboard = {
  name: "ai-middleware",
  show: ({ scopes: [{ matcher }], links }) => ({
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
  }),
};
