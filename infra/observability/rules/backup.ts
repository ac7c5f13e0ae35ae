import type { RuleGroup, Rules } from "./rule";

const newest = "velero_backup_last_successful_timestamp";

/** The cluster's own backup, every day at 02:00. (O2, R1) */
export const backupRules: Rules = (): RuleGroup => {
  const schedule = 'schedule="velero-daily"';
  return {
    name: "backup",
    alerts: [
      {
        alert: "ClusterBackupLate",
        expr: `time() - max by (schedule) (${newest}{schedule!=""} != 0) > ${26 * 3600}`,
        for: "15m",
        severity: "critical",
        summary: "The cluster has no backup since yesterday",
        description: "The newest of {{ $labels.schedule }} is {{ $value | humanizeDuration }} old.",
        dashboard: "infrastructure",
        fires: { series: { [`${newest}{${schedule}}`]: `${-27 * 3600}x30` }, at: "20m" },
        quiet: { series: { [`${newest}{${schedule}}`]: `${-24 * 3600}x30` }, at: "20m" },
      },
      {
        alert: "ClusterBackupMissing",
        expr: `absent(${newest}{schedule!=""} != 0)`,
        for: "26h",
        severity: "critical",
        summary: "The cluster has never been backed up",
        description: "No successful backup has been reported for a day.",
        dashboard: "infrastructure",
        fires: { series: { up: "1x1700" }, at: "27h" },
        quiet: { series: { [`${newest}{${schedule}}`]: "0+60x1700" }, at: "27h" },
      },
      {
        alert: "ClusterBackupFailed",
        expr: "sum by (schedule) (increase(velero_backup_failure_total[1h]) + increase(velero_backup_partial_failure_total[1h])) > 0",
        for: "0s",
        severity: "warning",
        summary: "A backup of the cluster has failed",
        description: "{{ $labels.schedule }} has failed, in whole or in part.",
        dashboard: "infrastructure",
        fires: {
          series: {
            [`velero_backup_failure_total{${schedule}}`]: "0x10 1x20",
            [`velero_backup_partial_failure_total{${schedule}}`]: "0x30",
          },
          at: "20m",
        },
        quiet: {
          series: {
            [`velero_backup_failure_total{${schedule}}`]: "1x30",
            [`velero_backup_partial_failure_total{${schedule}}`]: "0x30",
          },
          at: "20m",
        },
      },
    ],
  };
};
