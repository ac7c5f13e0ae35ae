import { type Rules, selectIn } from "./rule";

const backup = "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp";
const archived = "cnpg_pg_stat_archiver_last_archived_time";
const failed = "cnpg_pg_stat_archiver_last_failed_time";

/** PostgreSQL: each of its clusters is told by the job that reads it. (O2, P11) */
export const postgresqlRules: Rules = (scope) => {
  const select = selectIn(scope);
  const instance = `namespace="${scope.namespace}",pod="db-1"`;
  const pooler = `namespace="${scope.namespace}",pod="pool-1",database="app"`;
  return {
    name: "postgresql",
    alerts: [
      {
        alert: "PostgresqlDown",
        expr: `max by (namespace, pod) (${select("cnpg_collector_up")}) == 0`,
        for: "1m",
        severity: "critical",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} does not answer",
        description: "PostgreSQL in it is down, while its manager runs.",
        dashboard: "data-stores",
        fires: { series: { [`cnpg_collector_up{${instance}}`]: "0x10" }, at: "5m" },
        quiet: { series: { [`cnpg_collector_up{${instance}}`]: "1x10" }, at: "5m" },
      },
      {
        alert: "PostgresqlReplicationLag",
        expr: `max by (namespace, pod) (${select("cnpg_pg_replication_lag")}) > 30`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} is behind its primary",
        description: "By {{ $value | humanizeDuration }}: so much is missing if it has to take over.",
        dashboard: "data-stores",
        fires: { series: { [`cnpg_pg_replication_lag{${instance}}`]: "60x20" }, at: "10m" },
        quiet: { series: { [`cnpg_pg_replication_lag{${instance}}`]: "1x20" }, at: "10m" },
      },
      {
        alert: "PostgresqlConnectionsWaiting",
        expr: `sum by (namespace, pod) (${select("cnpg_pgbouncer_pools_cl_waiting")}) > 10`,
        for: "5m",
        severity: "warning",
        summary: "Clients of {{ $labels.namespace }}/{{ $labels.pod }} wait for a connection",
        description: "{{ $value }} of them wait, because all connections are taken.",
        dashboard: "data-stores",
        fires: { series: { [`cnpg_pgbouncer_pools_cl_waiting{${pooler}}`]: "50x20" }, at: "10m" },
        quiet: { series: { [`cnpg_pgbouncer_pools_cl_waiting{${pooler}}`]: "2x20" }, at: "10m" },
      },
    ],
  };
};

/** The archive that a database's every moment is restored from, where there is a bucket for it. (R1) */
export const postgresqlBackupRules: Rules = (scope) => {
  const select = selectIn(scope);
  const instance = `namespace="${scope.namespace}",job="${scope.namespace}/db-postgresql",pod="db-1"`;
  return {
    name: "postgresql-backup",
    alerts: [
      {
        alert: "PostgresqlArchivingFailing",
        expr: `max by (namespace, job) (${select(failed)}) > max by (namespace, job) (${select(archived)})`,
        for: "10m",
        severity: "critical",
        summary: "The log of {{ $labels.job }} is not archived",
        description: "What is written now could not be restored, and the log fills its volume.",
        dashboard: "data-stores",
        fires: {
          series: { [`${failed}{${instance}}`]: "900x20", [`${archived}{${instance}}`]: "60x20" },
          at: "15m",
        },
        quiet: {
          series: { [`${failed}{${instance}}`]: "60x20", [`${archived}{${instance}}`]: "900x20" },
          at: "15m",
        },
      },
      {
        alert: "PostgresqlBackupLate",
        expr: `time() - max by (namespace, job) (${select(backup)} != 0) > ${26 * 3600}`,
        for: "15m",
        severity: "critical",
        summary: "{{ $labels.job }} has no backup since yesterday",
        description:
          "The newest is {{ $value | humanizeDuration }} old: a restore has to replay all of the log since.",
        dashboard: "data-stores",
        fires: { series: { [`${backup}{${instance}}`]: `${-27 * 3600}x30` }, at: "20m" },
        quiet: { series: { [`${backup}{${instance}}`]: `${-24 * 3600}x30` }, at: "20m" },
      },
      {
        alert: "PostgresqlBackupMissing",
        expr: `max by (namespace, job) (${select("cnpg_collector_up")}) unless max by (namespace, job) (${select(backup)} != 0)`,
        for: "26h",
        severity: "critical",
        summary: "{{ $labels.job }} has never been backed up",
        description: "For a day its archive has had no base backup: nothing could be restored.",
        dashboard: "data-stores",
        fires: {
          series: { [`cnpg_collector_up{${instance}}`]: "1x1700", [`${backup}{${instance}}`]: "0x1700" },
          at: "27h",
        },
        quiet: {
          series: {
            [`cnpg_collector_up{${instance}}`]: "1x1700",
            [`${backup}{${instance}}`]: "0x30 60x1700",
          },
          at: "27h",
        },
      },
    ],
  };
};
