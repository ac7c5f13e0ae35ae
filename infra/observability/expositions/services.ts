import { counter, type Exporter, histogram, type Metric } from "../exposition";

/** What 003 has its API show, and every other service that answers HTTP: who asks for what, how it ends, how long it takes. */
export const httpMetrics: Readonly<Record<string, Metric>> = {
  http_requests_total: counter("method", "endpoint", "status"),
  ...histogram("http_request_duration_seconds", "method", "endpoint"),
};

/**
 * What workloads of a system have to show, by workload. Their images are no part of this repository.
 *
 * @param source where the names and labels are from
 */
export function serviceExporters(
  source: string,
  metrics: Readonly<Record<string, Readonly<Record<string, Metric>>>>,
): Readonly<Record<string, Exporter>> {
  return Object.fromEntries(
    Object.entries(metrics).map(([workload, shown]) => [
      workload,
      { scrape: { selects: "app", value: workload }, source, metrics: shown },
    ]),
  );
}
