import { backupJob, maximumAgeHours, type Period } from "../../recovery/periods";
import type { Scope } from "../scope";
import { type Alert, selectIn } from "./rule";

const succeeded = "kube_cronjob_status_last_successful_time";
const created = "kube_cronjob_created";
const hour = 3600;

const periods: readonly Period[] = ["hourly", "daily"];

/** Backups that are late by their own schedule, and those that have never been made. (O2, R1, 001, 004) */
export function backupAlerts(scope: Scope): readonly Alert[] {
  const select = selectIn(scope);
  const jobs = (period: Period) => `cronjob=~"${backupJob(period, ".+")}"`;
  const series = (metric: string, period: Period, ageHours: number, steps = 30) => ({
    [`${metric}{namespace="${scope.namespace}",cronjob="${backupJob(period, "a-store")}"}`]: `${-ageHours * hour}x${steps}`,
  });
  const each = (expression: (period: Period) => string) => periods.map(expression).join(" or ");
  const oldest = ({ hourly, daily }: typeof maximumAgeHours, more: number) => ({
    ...series(succeeded, "hourly", hourly + more),
    ...series(succeeded, "daily", daily - 1),
  });
  return [
    {
      alert: "BackupJobLate",
      expr: each(
        (period) =>
          `time() - max by (namespace, cronjob) (${select(succeeded, jobs(period))}) > ${maximumAgeHours[period] * hour}`,
      ),
      for: "15m",
      severity: "critical",
      summary: "{{ $labels.namespace }}/{{ $labels.cronjob }} has missed a backup",
      description: "The last one that succeeded is {{ $value | humanizeDuration }} old.",
      dashboard: "infrastructure",
      fires: { series: oldest(maximumAgeHours, 1), at: "20m" },
      quiet: { series: oldest(maximumAgeHours, -1), at: "20m" },
    },
    {
      alert: "BackupJobMissing",
      expr: each(
        (period) =>
          `(time() - max by (namespace, cronjob) (${select(created, jobs(period))}) > ${maximumAgeHours[period] * hour}) unless max by (namespace, cronjob) (${select(succeeded, jobs(period))})`,
      ),
      for: "15m",
      severity: "critical",
      summary: "{{ $labels.namespace }}/{{ $labels.cronjob }} has never made a backup",
      description: "It was made {{ $value | humanizeDuration }} ago, and no run of it has succeeded.",
      dashboard: "infrastructure",
      fires: { series: series(created, "hourly", maximumAgeHours.hourly + 1), at: "20m" },
      quiet: {
        series: {
          ...series(created, "hourly", maximumAgeHours.hourly + 1),
          ...series(succeeded, "hourly", 0),
        },
        at: "20m",
      },
    },
  ];
}
