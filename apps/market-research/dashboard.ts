import { RequestsPerSecond, Seconds, Short } from "@grafana/grafana-foundation-sdk/units";
import { containerSection } from "../../infra/observability/dashboards/containers";
import { requestSection } from "../../infra/observability/dashboards/requests";
import type { SystemDashboard } from "../../infra/observability/system";

/** 004's table of metrics. */
export const dashboard: SystemDashboard = {
  name: "market-research",
  show: ({ scopes: [{ matcher }], links }) => ({
    sections: [
      {
        title: "Inference",
        panels: [
          {
            title: "Inference latency",
            unit: Seconds,
            queries: {
              p95: `histogram_quantile(0.95, sum by (le) (rate(inference_latency_seconds_bucket{${matcher}}[5m])))`,
              p50: `histogram_quantile(0.5, sum by (le) (rate(inference_latency_seconds_bucket{${matcher}}[5m])))`,
            },
            limit: { above: 2 },
            runbook: links.runbook("HighInferenceLatency"),
          },
          {
            title: "Entities extracted",
            unit: RequestsPerSecond,
            queries: { entities: `sum(rate(ner_entities_extracted{${matcher}}[5m]))` },
          },
          {
            title: "Documents in the index",
            unit: Short,
            queries: { documents: `max(embedding_index_size{${matcher}})` },
            runbook: links.runbook("JobFailed"),
          },
        ],
      },
      requestSection(matcher, links),
      containerSection(matcher, links),
    ],
  }),
};
