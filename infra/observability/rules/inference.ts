import type { Scope } from "../scope";
import type { Alert, Rules } from "./rule";
import { selectIn } from "./rule";

/** Inference that is slower than 004's alert allows. (O2, 004) */
export function highInferenceLatency(scope: Scope, metric: string, dashboard: string): Alert {
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

/** What waits for a card, where a system has model servers. (O2) */
export function inferenceQueueRules(metric: string, dashboard: string): Rules {
  return (scope) => ({ name: "inference-queue", alerts: [queue(scope, metric, dashboard)] });
}

/** Requests that wait for a card longer than a model takes for one are too many for the cards that there are. */
function queue(scope: Scope, metric: string, dashboard: string): Alert {
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
