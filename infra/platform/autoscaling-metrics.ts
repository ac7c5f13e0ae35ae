/** A metric of pods that autoscalers may ask for, and where it comes from. */
export interface AutoscalingMetric {
  /** The name by which an autoscaler asks for it. */
  readonly name: string;
  /** The series of Prometheus that it is made from; it has the labels `namespace` and `pod`. */
  readonly series: string;
  /** `counter`: its increase per second; `gauge`: what it is. */
  readonly kind: "counter" | "gauge";
  /** Where a seed asks for it, or exposes the series. */
  readonly source: string;
}

/** Every metric of pods that autoscalers may ask for, beside CPU and memory. (P14) */
export const podMetrics = [
  {
    name: "http_requests_per_second",
    series: "http_requests_total",
    kind: "counter",
    source: "003, Grafana Dashboard Configuration",
  },
  {
    name: "inference_requests_per_second",
    series: "model_inference_duration_seconds_count",
    kind: "counter",
    source: "001, Auto-scaling Triggers; 000, Grafana Dashboards: the number of a histogram's observations",
  },
  {
    name: "websocket_connections",
    series: "websocket_connections",
    kind: "gauge",
    source: "001, Connection-based Scaling",
  },
  {
    name: "inference_queue_length",
    series: "vllm:num_requests_waiting",
    kind: "gauge",
    source: "002, vLLM: requests that wait for a place in the batch",
  },
] as const satisfies readonly AutoscalingMetric[];

/** A metric that autoscalers may ask for by name. */
export type AutoscalingMetricName = (typeof podMetrics)[number]["name"];

/** Time over which a counter's increase is measured: at least two scrapes, at 30 s each, with room for one that is missed. */
const rateWindow = "2m";

/** The rule by which the adapter makes a metric of pods from a series. */
export function adapterRule({ name, series, kind }: AutoscalingMetric) {
  const selected = "<<.Series>>{<<.LabelMatchers>>}";
  return {
    seriesQuery: `${series}{namespace!="",pod!=""}`,
    resources: { overrides: { namespace: { resource: "namespace" }, pod: { resource: "pod" } } },
    name: { matches: "^.*$", as: name },
    metricsQuery:
      kind === "counter"
        ? `sum(rate(${selected}[${rateWindow}])) by (<<.GroupBy>>)`
        : `sum(${selected}) by (<<.GroupBy>>)`,
  };
}
