import { Short } from "@grafana/grafana-foundation-sdk/units";
import { counter, gauge, histogram } from "../../infra/observability/exposition";
import { serviceExporters } from "../../infra/observability/expositions/services";
import { highInferenceLatency } from "../../infra/observability/rules/inference";
import type { SystemObservability } from "../../infra/observability/system";
import { dashboard } from "./dashboard";

/** How MarketResearchAI is watched: by 004's table of what to show. */
export const observability: SystemObservability = {
  exporters: serviceExporters("what 004's table of metrics has the service show", {
    // Its counter tells by `status` how requests end, like everyone's.
    "inference-api": {
      inference_requests_total: counter("status"),
      ...histogram("inference_latency_seconds"),
      embedding_index_size: gauge(),
    },
    "ner-service": { ner_entities_extracted: counter() },
  }),
  requests: { requests: "inference_requests_total", seconds: "inference_latency_seconds" },
  dashboard,
  rules: ({ dashboard: name }) => [
    (scope) => ({
      name: "inference",
      alerts: [highInferenceLatency(scope, "inference_latency_seconds", name)],
    }),
  ],
  use: ({ matcher }) => [
    {
      title: "inferences in a day",
      kind: "number",
      unit: Short,
      queries: { inferences: `sum(increase(inference_requests_total{${matcher}}[1d]))` },
    },
  ],
};
