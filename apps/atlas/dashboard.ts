import { PercentUnit, RequestsPerSecond, Seconds, Short } from "@grafana/grafana-foundation-sdk/units";
import { cardPanels } from "../../infra/observability/dashboards/cards";
import { containerSection } from "../../infra/observability/dashboards/containers";
import { requestSection } from "../../infra/observability/dashboards/requests";
import type { SystemDashboard } from "../../infra/observability/system";

/** Atlas' AI services: 000's panels, with what 001 adds. */
export const dashboard: SystemDashboard = {
  name: "ai-services",
  title: "Atlas AI services",
  show: ({ site, system, scopes: [{ matcher }], links }) => ({
    sections: [
      {
        title: "Models",
        panels: [
          {
            title: "Model inference latency",
            unit: Seconds,
            queries: {
              "{{container}} p95": `histogram_quantile(0.95, sum by (container, le) (rate(model_inference_duration_seconds_bucket{${matcher}}[5m])))`,
            },
            limit: { above: 2 },
            runbook: links.runbook("HighInferenceLatency"),
          },
          {
            title: "Prediction accuracy",
            unit: PercentUnit,
            queries: {
              "{{model_name}} v{{version}}": `avg by (model_name, version) (model_accuracy_score{${matcher}})`,
            },
          },
          {
            title: "Feature drift",
            unit: Short,
            queries: { "{{feature_name}}": `max by (feature_name) (feature_drift_score{${matcher}})` },
            limit: { above: 0.1 },
            runbook: links.runbook("FeatureDrift"),
          },
          {
            title: "Inferences",
            unit: RequestsPerSecond,
            queries: {
              "{{container}}": `sum by (container) (rate(model_inference_duration_seconds_count{${matcher}}[5m]))`,
            },
          },
          ...(system.settings.gpuPool === undefined
            ? []
            : [
                {
                  title: "Triton: inferences",
                  unit: RequestsPerSecond,
                  queries: {
                    "{{model}}": `sum by (model) (rate(nv_inference_request_success{${matcher}}[5m]))`,
                    "{{model}} failed": `sum by (model) (rate(nv_inference_request_failure{${matcher}}[5m]))`,
                  },
                },
                {
                  title: "Triton: inferences that wait",
                  unit: Short,
                  queries: { "{{model}}": `sum by (model) (nv_inference_pending_request_count{${matcher}})` },
                  limit: { above: 50 },
                  runbook: links.runbook("InferenceQueueGrowing"),
                },
              ]),
        ],
      },
      requestSection(matcher, links),
      { title: "GPU", panels: cardPanels(site, links) },
      containerSection(matcher, links),
    ],
  }),
};
