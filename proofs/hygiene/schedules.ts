import { at, booleanAt, numberAt, textAt } from "../../model/facts/read";
import { groupKind } from "../../model/manifest";
import type { Model, ModelObject, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";
import { writtenWorkloads } from "../written";
import { type Schedule, scheduleOf, shortestGap } from "./schedule";

const source = "Kubernetes, CronJob: schedule syntax, deadline for delayed Job start, concurrency policy";

/** Seconds. What is for people to start is suspended, and its schedule says once a year: a CronJob has to have one. */
const yearly = 365 * 24 * 3600;

/** The controller looks every ten seconds: a start that may be late by less is missed. */
const leastLateness = 10;

/** What runs by the clock runs at all, and ends before it is to start again. */
export const schedulesLeaveTime: Check = ({ model }) =>
  sum([
    each(
      writtenWorkloads(model).filter(({ kind }) => kind === "CronJob"),
      cronFaults,
    ),
    each(scheduledBackups(model), backupFaults),
  ]);

function cronFaults(job: Workload): readonly Fault[] {
  const spec = at(job.manifest, "spec");
  const fault = (rule: string, fix: string): Fault => ({ object: nameOf(job), rule, source, fix });
  const text = textAt(spec, "schedule") ?? "";
  const schedule = scheduleOf(text);
  const lateness = numberAt(spec, "startingDeadlineSeconds");
  return [
    ...(schedule === undefined
      ? [fault(`cron does not understand its schedule "${text}"`, 'write five fields: "0 2 * * *"')]
      : overlap(spec, shortestGap(schedule)).map((rule) =>
          fault(rule, "let activeDeadlineSeconds be less than the time between two starts"),
        )),
    ...clockFaults(textAt(spec, "timeZone"), schedule).map(([rule, fix]) => fault(rule, fix)),
    ...(lateness !== undefined && lateness < leastLateness
      ? [
          fault(
            `a start that is late by ${lateness} s is left out, and the controller looks every ${leastLateness} s`,
            `raise startingDeadlineSeconds over ${leastLateness}`,
          ),
        ]
      : []),
    ...(booleanAt(spec, "suspend") === true && schedule !== undefined && shortestGap(schedule) < yearly
      ? [fault(`it never runs: suspend is set, and its schedule is "${text}"`, "take suspend away")]
      : []),
  ];
}

const hour = 60;

/** The days on which a schedule is due, and whether clocks have its times on each of them. */
function clockFaults(zone: string | undefined, schedule: Schedule | undefined): readonly [string, string][] {
  if (zone !== undefined && !isZone(zone)) {
    return [
      [`its time zone "${zone}" is none: the API server refuses it`, 'write "Europe/Berlin" or "Etc/UTC"'],
    ];
  }
  if (schedule === undefined) return [];
  // Any four years with a leap day among them.
  const isDue = Array.from({ length: 1461 }, (_, day) => new Date(Date.UTC(2027, 0, 1 + day))).some(
    schedule.isDay,
  );
  if (!isDue) return [["it never runs: no month has the day of its schedule", "name a day that there is"]];
  const isSkipped =
    zone !== undefined &&
    changesClocks(zone) &&
    schedule.times.every((time) => time >= hour && time < 3 * hour);
  return isSkipped
    ? [
        [
          `it starts between 1 and 3 o'clock of ${zone}: on the day when clocks go forward it is left out`,
          "start it at another hour, or by UTC",
        ],
      ]
    : [];
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function changesClocks(zone: string): boolean {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, hour: "numeric", hourCycle: "h23" });
  const noons = Array.from({ length: 12 }, (_, month) =>
    format.format(new Date(Date.UTC(2027, month, 15, 12))),
  );
  return new Set(noons).size > 1;
}

/** With Replace the earlier run is ended: it does not outlast the period. */
function overlap(spec: unknown, gap: number): readonly string[] {
  const policy = textAt(spec, "concurrencyPolicy") ?? "Allow";
  const deadline = numberAt(spec, "jobTemplate", "spec", "activeDeadlineSeconds") ?? Number.POSITIVE_INFINITY;
  if (policy === "Replace" || deadline <= gap) return [];
  const most = Number.isFinite(deadline) ? `${deadline} s` : "any time";
  return [
    `a run may take ${most} and the next is due after ${gap} s: ${
      policy === "Forbid" ? "it is left out" : "runs pile up"
    }`,
  ];
}

function scheduledBackups(model: Model): readonly ModelObject[] {
  return model
    .of("ScheduledBackup")
    .filter(({ manifest }) => manifest && groupKind(manifest) === "postgresql.cnpg.io/ScheduledBackup");
}

function backupFaults(backup: ModelObject): Fault | undefined {
  const text = textAt(backup.manifest, "spec", "schedule") ?? "";
  const [seconds = "", ...rest] = text.trim().split(/\s+/);
  const isKnown = /^\d+$/.test(seconds) && Number(seconds) < 60 && scheduleOf(rest.join(" ")) !== undefined;
  const isOff = booleanAt(backup.manifest, "spec", "suspend") === true;
  if ((isKnown || text.startsWith("@")) && !isOff) return undefined;
  return {
    object: nameOf(backup),
    rule: isOff
      ? "it never runs: suspend is set"
      : `its schedule "${text}" has not the six fields that the operator reads`,
    source: "CloudNativePG, ScheduledBackup: the schedule begins with seconds",
    fix: 'write six fields: "0 0 2 * * *"',
  };
}
