import { type Alert, type Rules, selectIn } from "./rule";

/** Seconds that 95 of 100 statements stay below. (001, "Database Queries: Sub-100ms for 95% of queries") */
export const slowStatementSeconds = 0.1;

/** Share of reads that caches should answer. (001, "Cache Hit Rate: >95%") */
export const wantedHitRate = 0.95;

/** Reads in half an hour below which a rate of hits says nothing. */
const fewReads = 1000;

/** How well PostgreSQL answers, by 001's benchmarks. (O2, 001) */
export const postgresqlEfficiencyRules: Rules = (scope) => {
  const select = selectIn(scope);
  const instance = `namespace="${scope.namespace}",job="${scope.namespace}/db-postgresql",pod="db-1"`;
  const slow = (seconds: number) => ({
    [`cnpg_statement_times_p95_seconds{${instance}}`]: `${seconds}x60`,
  });
  return {
    name: "postgresql-efficiency",
    alerts: [
      {
        alert: "PostgresqlSlow",
        expr: `max by (namespace, job) (${select("cnpg_statement_times_p95_seconds")}) > ${slowStatementSeconds}`,
        for: "30m",
        severity: "warning",
        summary: "Statements of {{ $labels.job }} are slow",
        description:
          "Five of 100 statements take {{ $value | humanizeDuration }} and more on average; 100 ms are allowed.",
        dashboard: "data-stores",
        fires: { series: slow(0.3), at: "40m" },
        quiet: { series: slow(0.05), at: "40m" },
      },
      cacheMisses(
        {
          alert: "PostgresqlCacheMisses",
          summary: "{{ $labels.job }} reads from its disk",
          description:
            "{{ $value | humanizePercentage }} of its reads found their page in memory; 95 % should.",
        },
        select("cnpg_pg_stat_database_blks_hit"),
        select("cnpg_pg_stat_database_blks_read"),
        (hits, misses) => ({
          [`cnpg_pg_stat_database_blks_hit{${instance},datname="app"}`]: hits,
          [`cnpg_pg_stat_database_blks_read{${instance},datname="app"}`]: misses,
        }),
      ),
    ],
  };
};

/** How well Redis serves as a cache, by 001's benchmarks. (O2, 001) */
export const redisEfficiencyRules: Rules = (scope) => {
  const select = selectIn(scope);
  const member = `namespace="${scope.namespace}",job="${scope.namespace}/redis",pod="redis-0"`;
  return {
    name: "redis-efficiency",
    alerts: [
      cacheMisses(
        {
          alert: "RedisCacheMisses",
          summary: "{{ $labels.job }} lacks what it is asked for",
          description:
            "{{ $value | humanizePercentage }} of the keys that were asked for were there; 95 % should.",
        },
        select("redis_keyspace_hits_total"),
        select("redis_keyspace_misses_total"),
        (hits, misses) => ({
          [`redis_keyspace_hits_total{${member}}`]: hits,
          [`redis_keyspace_misses_total{${member}}`]: misses,
        }),
      ),
    ],
  };
};

function cacheMisses(
  texts: Pick<Alert, "alert" | "summary" | "description">,
  hits: string,
  misses: string,
  series: (hits: string, misses: string) => Readonly<Record<string, string>>,
): Alert {
  const increase = (counter: string) => `sum by (namespace, job) (increase(${counter}[30m]))`;
  return {
    ...texts,
    expr: `${increase(hits)} / (${increase(hits)} + ${increase(misses)} > ${fewReads}) < ${wantedHitRate}`,
    for: "30m",
    severity: "warning",
    dashboard: "data-stores",
    fires: { series: series("0+80x90", "0+20x90"), at: "80m" },
    quiet: { series: series("0+98x90", "0+2x90"), at: "80m" },
  };
}
