import type { SystemName } from "../../config/systems";
import type { Scope } from "../scope";
import type { Alert, Rules } from "./rule";
import { selectIn } from "./rule";

/** Inference in each system that tells of it: as slow as 004's alert has it, or of what the models have never seen. (O2, 000) */
export const inferenceRules: Readonly<Partial<Record<SystemName, Rules>>> = {
  atlas: (scope) => ({
    name: "inference",
    alerts: [
      highLatency(scope, "model_inference_duration_seconds", "ai-services"),
      {
        alert: "FeatureDrift",
        expr: `max by (namespace, feature_name) (${selectIn(scope)("feature_drift_score")}) > 0.1`,
        for: "30m",
        severity: "warning",
        summary: "{{ $labels.feature_name }} has drifted from what the models have learnt",
        description: "Its drift is {{ $value | humanize }}; up to 0.1 is ordinary.",
        dashboard: "ai-services",
        fires: {
          series: { [`feature_drift_score{namespace="${scope.namespace}",feature_name="price"}`]: "0.2x60" },
          at: "40m",
        },
        quiet: {
          series: { [`feature_drift_score{namespace="${scope.namespace}",feature_name="price"}`]: "0.05x60" },
          at: "40m",
        },
      },
    ],
  }),
  "market-research": (scope) => ({
    name: "inference",
    alerts: [highLatency(scope, "inference_latency_seconds", "market-research")],
  }),
};

/** What waits for a card, where a system has model servers. (O2) */
export const queueRules: Readonly<Partial<Record<SystemName, Rules>>> = {
  atlas: (scope) => ({
    name: "inference-queue",
    alerts: [queue(scope, "nv_inference_pending_request_count", "ai-services")],
  }),
  aiaas: (scope) => ({
    name: "inference-queue",
    alerts: [queue(scope, "vllm:num_requests_waiting", "aiaas")],
  }),
};

function highLatency(scope: Scope, metric: string, dashboard: Alert["dashboard"]): Alert {
  const labels = `namespace="${scope.namespace}",container="a-service"`;
  const observed = (quick: string) => ({
    [`${metric}_bucket{${labels},le="1"}`]: quick,
    [`${metric}_bucket{${labels},le="5"}`]: "0+100x20",
    [`${metric}_bucket{${labels},le="+Inf"}`]: "0+100x20",
  });
  return {
    alert: "HighInferenceLatency",
    expr: `histogram_quantile(0.95, sum by (namespace, container, le) (rate(${selectIn(scope)(`${metric}_bucket`)}[5m]))) > 2`,
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.namespace }}/{{ $labels.container }} infers slowly",
    description: "One inference in twenty takes more than {{ $value | humanizeDuration }}; 2 s are allowed.",
    dashboard,
    fires: { series: observed("0+10x20"), at: "15m" },
    quiet: { series: observed("0+100x20"), at: "15m" },
  };
}

/** Requests that wait for a card longer than a model takes for one are too many for the cards that there are. */
function queue(scope: Scope, metric: string, dashboard: Alert["dashboard"]): Alert {
  const series = `${metric}{namespace="${scope.namespace}",container="a-server"}`;
  return {
    alert: "InferenceQueueGrowing",
    expr: `sum by (namespace, container) (${selectIn(scope)(metric)}) > 50`,
    for: "5m",
    severity: "warning",
    summary: "{{ $labels.namespace }}/{{ $labels.container }} has more requests than its cards can take",
    description: "{{ $value }} requests wait for a place in a batch.",
    dashboard,
    fires: { series: { [series]: "80x20" }, at: "10m" },
    quiet: { series: { [series]: "20x20" }, at: "10m" },
  };
}
