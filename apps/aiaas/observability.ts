import { Short } from "@grafana/grafana-foundation-sdk/units";
import { counter, gauge, histogram } from "../../infra/observability/exposition";
import { httpMetrics, serviceExporters } from "../../infra/observability/expositions/services";
import { inferenceQueueRules } from "../../infra/observability/rules/inference";
import type { SystemObservability } from "../../infra/observability/system";
import { dashboard } from "./dashboard";

/** How AIaaS is watched. (O1, O2, 002) */
export const observability: SystemObservability = {
  exporters: {
    ...serviceExporters("what 000 and 003 have the service show", {
      "api-router": httpMetrics,
      "user-organization": httpMetrics,
      analytics: httpMetrics,
    }),
    ...serviceExporters("what vLLM's metrics have the service show", {
      vllm: {
        "vllm:generation_tokens_total": counter("model_name", "engine"),
        "vllm:kv_cache_usage_perc": gauge("model_name", "engine"),
        "vllm:num_requests_running": gauge("model_name", "engine"),
        "vllm:num_requests_waiting": gauge("model_name", "engine"),
        ...histogram("vllm:time_to_first_token_seconds", "model_name", "engine"),
      },
    }),
  },
  dashboard,
  rules: ({ servesModels, dashboard: name }) =>
    servesModels ? [inferenceQueueRules("vllm:num_requests_waiting", name)] : [],
  use: ({ matcher, cards }) =>
    cards
      ? [
          {
            title: "tokens generated in a day",
            kind: "number",
            unit: Short,
            queries: { tokens: `sum(increase(vllm:generation_tokens_total{${matcher}}[1d]))` },
          },
        ]
      : [],
};
