import { type Rules, selectIn } from "./rule";

/** Redis of every kind: replicated, with sentinels, or a cluster. (O2, P10, R1) */
export const redisRules: Rules = (scope) => {
  const select = selectIn(scope);
  const member = `namespace="${scope.namespace}",pod="redis-0"`;
  const saved = (age: number) => ({
    [`redis_rdb_last_save_timestamp_seconds{${member}}`]: `${-age}x20`,
    [`redis_rdb_changes_since_last_save{${member}}`]: "5x20",
  });
  const memory = (used: number) => ({
    [`redis_memory_used_bytes{${member}}`]: `${used}x20`,
    [`redis_memory_max_bytes{${member}}`]: "100x20",
  });
  return {
    name: "redis",
    alerts: [
      {
        alert: "RedisDown",
        expr: `max by (namespace, pod) (${select("redis_up")}) == 0`,
        for: "1m",
        severity: "critical",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} does not answer",
        description: "Its exporter runs, and cannot reach it.",
        dashboard: "data-stores",
        fires: { series: { [`redis_up{${member}}`]: "0x10" }, at: "5m" },
        quiet: { series: { [`redis_up{${member}}`]: "1x10" }, at: "5m" },
      },
      {
        alert: "RedisMemoryFull",
        expr: `max by (namespace, pod) (${select("redis_memory_used_bytes")} / (${select("redis_memory_max_bytes")} > 0)) > 0.9`,
        for: "10m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} is nearly full",
        description:
          "{{ $value | humanizePercentage }} of what data may take: then keys are dropped, or writes refused.",
        dashboard: "data-stores",
        fires: { series: memory(95), at: "15m" },
        quiet: { series: memory(85), at: "15m" },
      },
      {
        alert: "RedisClusterBroken",
        expr: `max by (namespace, pod) (${select("redis_cluster_state")}) == 0`,
        for: "1m",
        severity: "critical",
        summary: "The Redis cluster of {{ $labels.namespace }}/{{ $labels.pod }} has lost slots",
        description: "Some keys have no master any more.",
        dashboard: "data-stores",
        fires: { series: { [`redis_cluster_state{${member}}`]: "0x10" }, at: "5m" },
        quiet: { series: { [`redis_cluster_state{${member}}`]: "1x10" }, at: "5m" },
      },
      {
        alert: "RedisSnapshotLate",
        expr: `time() - max by (namespace, pod) (${select("redis_rdb_last_save_timestamp_seconds")}) > 7200 and on (namespace, pod) ${select("redis_rdb_changes_since_last_save")} > 0`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} has taken no snapshot for two hours",
        description: "The last one is {{ $value | humanizeDuration }} old, and there are changes since.",
        dashboard: "data-stores",
        fires: { series: saved(8000), at: "10m" },
        quiet: { series: saved(600), at: "10m" },
      },
    ],
  };
};
