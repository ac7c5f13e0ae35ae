/** How often a store is backed up. */
export type Period = "hourly" | "daily";

/** Hours at which the newest backup is too old: its period, and time to make it. (001, 004: at most an hour is lost) */
export const maximumAgeHours: Readonly<Record<Period, number>> = { hourly: 2, daily: 26 };

/** Seconds that a backup may take: an hourly one ends before the next begins. */
export const backupSeconds: Readonly<Record<Period, number>> = { hourly: 3300, daily: 14_400 };

/** Seconds that a restore may take. (001, 002, 004: four hours) */
export const restoreSeconds = 14_400;

/** The CronJob that backs a store up; alerts tell its period by its name. */
export function backupJob(period: Period, store: string): string {
  return `${period}-backup-${store}`;
}
