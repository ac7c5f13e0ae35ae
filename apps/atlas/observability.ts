import { Short } from "@grafana/grafana-foundation-sdk/units";
import type { PanelArgs } from "../../infra/observability/dashboards/panel";
import { counter, gauge, histogram } from "../../infra/observability/exposition";
import { httpMetrics, serviceExporters } from "../../infra/observability/expositions/services";
import { highInferenceLatency, inferenceQueueRules } from "../../infra/observability/rules/inference";
import { type Rules, selectIn } from "../../infra/observability/rules/rule";
import type { SystemObservability } from "../../infra/observability/system";
import { dashboard } from "./dashboard";

/** Inference, as 000's dashboard and 001's autoscaler have it. */
const inference = histogram("model_inference_duration_seconds", "model_name");

/** How Atlas is watched. 001's benchmarks are Atlas'. */
export const observability: SystemObservability = {
  exporters: {
    ...serviceExporters("what 000 and 003 have the service show", {
      "ai-orchestrator": { ...httpMetrics, ...inference },
      "ai-engine": { ...httpMetrics, ...inference },
      "ml-pipeline": {
        ...httpMetrics,
        model_accuracy_score: gauge("model_name", "version"),
        feature_drift_score: gauge("feature_name"),
      },
      "market-data": { ...httpMetrics, websocket_connections: gauge() },
    }),
    ...serviceExporters("what Triton's metrics have the service show", {
      "model-serving-gpu": {
        nv_inference_pending_request_count: gauge("model", "version"),
        nv_inference_request_failure: counter("model", "version", "reason"),
        nv_inference_request_success: counter("model", "version"),
      },
    }),
  },
  dashboard,
  benchmarks: true,
  rules: ({ servesModels, dashboard: name }) => [
    inferenceRules(name),
    ...(servesModels ? [inferenceQueueRules("nv_inference_pending_request_count", name)] : []),
  ],
  // An open WebSocket is a user who looks on.
  use: ({ matcher }): readonly PanelArgs[] => [
    {
      title: "users on Market Data",
      unit: Short,
      queries: { connections: `sum(websocket_connections{${matcher}})` },
    },
    {
      title: "predictions in a day",
      kind: "number",
      unit: Short,
      queries: {
        predictions: `sum(increase(model_inference_duration_seconds_count{${matcher}}[1d]))`,
      },
    },
  ],
};

/** Slow inference, and inference of what the models have never seen. (O2, 000) */
function inferenceRules(name: string): Rules {
  return (scope) => {
    const drift = `feature_drift_score{namespace="${scope.namespace}",feature_name="price"}`;
    return {
      name: "inference",
      alerts: [
        highInferenceLatency(scope, "model_inference_duration_seconds", name),
        {
          alert: "FeatureDrift",
          expr: `max by (namespace, feature_name) (${selectIn(scope)("feature_drift_score")}) > 0.1`,
          for: "30m",
          severity: "warning",
          summary: "{{ $labels.feature_name }} has drifted from what the models have learnt",
          description: "Its drift is {{ $value | humanize }}; up to 0.1 is ordinary.",
          dashboard: name,
          fires: { series: { [drift]: "0.2x60" }, at: "40m" },
          quiet: { series: { [drift]: "0.05x60" }, at: "40m" },
        },
      ],
    };
  };
}
