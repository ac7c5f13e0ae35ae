import { hosts, type LiveCluster, whyNotMade } from "../cluster/live-cluster";
import { targets } from "../load-test/targets";
import { notChecked, type Row, verdictOf } from "../row";

const seed = "001 Performance Benchmarks";

/** A figure of the service level, as a Prometheus query. */
interface Objective {
  readonly id: string;
  readonly title: string;
  readonly query: string;
  /** The figure must be below this. */
  readonly below: number;
  readonly unit: string;
}

const latency = (quantile: number) =>
  `max(histogram_quantile(${quantile}, sum by (namespace, container, le) (rate(http_request_duration_seconds_bucket{namespace=~"atlas-ai-.*"}[30m]))))`;

const objectives: readonly Objective[] = [
  {
    id: "latency-average",
    title: "Atlas answers within 400 ms on average",
    query:
      'sum(rate(http_request_duration_seconds_sum{namespace=~"atlas-ai-.*"}[30m])) / sum(rate(http_request_duration_seconds_count{namespace=~"atlas-ai-.*"}[30m]))',
    below: targets.averageSeconds,
    unit: "s",
  },
  {
    id: "latency-p95",
    title: "95 of 100 answers take less than 800 ms",
    query: latency(0.95),
    below: targets.p95Seconds,
    unit: "s",
  },
  {
    id: "latency-p99",
    title: "99 of 100 answers take less than 1.5 s",
    query: latency(0.99),
    below: targets.p99Seconds,
    unit: "s",
  },
  {
    id: "error-rate",
    title: "Fewer than one answer in a thousand is an error",
    query:
      // Without errors there is no series of errors.
      '(sum(rate(http_requests_total{namespace=~"atlas-ai-.*",status=~"5.."}[30m])) or vector(0)) / sum(rate(http_requests_total{namespace=~"atlas-ai-.*"}[30m]))',
    below: targets.errorRate,
    unit: "of all",
  },
];

/** The service level measured in the last half hour. This makes no load; `npm run load-test` does. (001) */
export const performanceRows: readonly Row<LiveCluster>[] = objectives.map(
  ({ id, title, query, below, unit }): Row<LiveCluster> => ({
    id,
    title,
    seed,
    appliesTo: (cluster) => hosts("atlas")(cluster) && !cluster.facts.platform.without.includes("metrics"),
    check: async (cluster) => {
      const absent = whyNotMade(cluster, "platform-metrics-release");
      if (absent !== undefined) return notChecked(absent);
      const found = await cluster.query(query);
      if (found === undefined) return notChecked("Atlas had no requests in the last half hour");
      return verdictOf(
        found < below
          ? []
          : [
              {
                about: "Atlas, last 30 minutes",
                expected: `below ${below} ${unit}`,
                found: `${found.toPrecision(3)} ${unit}`,
                look: `Grafana's dashboard of the service level, or Prometheus: ${query}`,
              },
            ],
      );
    },
  }),
);
