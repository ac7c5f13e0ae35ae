import type { RuleGroup, Rules } from "./rule";

/** Logs on their way to Loki and to Elasticsearch. (O2, P3) */
export const logRules: Rules = (): RuleGroup => {
  const output = 'name="loki.0",pod="fluent-bit-x"';
  return {
    name: "logs",
    alerts: [
      {
        alert: "LogsLost",
        expr: "sum by (name) (increase(fluentbit_output_dropped_records_total[10m]) + increase(fluentbit_output_retries_failed_total[10m])) > 0",
        for: "5m",
        severity: "warning",
        summary: "Fluent Bit gives up lines for {{ $labels.name }}",
        description: "{{ $value | humanize }} in ten minutes: their receiver is full, down or refuses them.",
        dashboard: "infrastructure",
        fires: {
          series: {
            [`fluentbit_output_dropped_records_total{${output}}`]: "0+5x30",
            [`fluentbit_output_retries_failed_total{${output}}`]: "0x30",
          },
          at: "20m",
        },
        quiet: {
          series: {
            [`fluentbit_output_dropped_records_total{${output}}`]: "5x30",
            [`fluentbit_output_retries_failed_total{${output}}`]: "0x30",
          },
          at: "20m",
        },
      },
      {
        alert: "LogsRefused",
        expr: "sum by (tenant, reason) (increase(loki_discarded_samples_total[10m])) > 0",
        for: "15m",
        severity: "warning",
        summary: "Loki refuses lines of {{ $labels.tenant }}",
        description: "{{ $value | humanize }} in ten minutes, because of {{ $labels.reason }}.",
        dashboard: "infrastructure",
        fires: {
          series: { 'loki_discarded_samples_total{tenant="production",reason="rate_limited"}': "0+5x60" },
          at: "30m",
        },
        quiet: {
          series: { 'loki_discarded_samples_total{tenant="production",reason="rate_limited"}': "5x60" },
          at: "30m",
        },
      },
    ],
  };
};

/** Spans on their way to Tempo. (O2, P4) */
export const traceRules: Rules = (): RuleGroup => {
  const collector = 'pod="otel-collector-x"';
  const spans = (failed: string) => ({
    [`otelcol_exporter_send_failed_spans_total{${collector}}`]: failed,
    [`otelcol_receiver_refused_spans_total{${collector}}`]: "0x30",
  });
  return {
    name: "traces",
    alerts: [
      {
        alert: "SpansLost",
        expr: "sum(rate(otelcol_exporter_send_failed_spans_total[10m])) > 0 or sum(rate(otelcol_receiver_refused_spans_total[10m])) > 0",
        for: "10m",
        severity: "warning",
        summary: "Spans do not reach Tempo",
        description: "{{ $value | humanize }} a second are refused or given up.",
        dashboard: "infrastructure",
        fires: { series: spans("0+5x30"), at: "25m" },
        quiet: { series: spans("5x30"), at: "25m" },
      },
    ],
  };
};
