import { Short } from "@grafana/grafana-foundation-sdk/units";
import { counter } from "../../infra/observability/exposition";
import { httpMetrics, serviceExporters } from "../../infra/observability/expositions/services";
import type { SystemObservability } from "../../infra/observability/system";
import { dashboard } from "./dashboard";

/** How the AI Middleware is watched. (O1, O2, 003) */
export const observability: SystemObservability = {
  exporters: serviceExporters("what 000 and 003 have the service show", {
    "ai-middleware": { ...httpMetrics, ai_requests_total: counter("provider", "model") },
  }),
  dashboard,
  use: ({ matcher }) => [
    {
      title: "calls of providers in a day",
      kind: "number",
      unit: Short,
      queries: { "{{provider}}": `sum by (provider) (increase(ai_requests_total{${matcher}}[1d]))` },
    },
  ],
};
