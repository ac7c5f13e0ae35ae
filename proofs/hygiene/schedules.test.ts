import { evidenceOf, faultsOf, object } from "../../test/support/proofs/evidence";
import { scheduleOf, shortestGap } from "./schedule";
import { schedulesLeaveTime } from "./schedules";

const [hour, day] = [3600, 24 * 3600];

test.each([
  ["0 * * * *", hour],
  ["*/15 * * * *", hour / 4],
  ["50,10 * * * *", hour / 3],
  ["0 2 * * *", day],
  ["@daily", day],
  ["0 5 * * 0", 7 * day],
  ["0 5 * * mon-fri", day],
  ["0 0 31 * *", 31 * day],
  ["0 0 1 1 *", 365 * day],
  // Either of the two is enough.
  ["0 0 1 * 1", day],
  ["30 23,1 * * *", 2 * hour],
])("%s starts something every %d s at the closest", (text, gap) => {
  const schedule = scheduleOf(text);
  expect(schedule && shortestGap(schedule)).toBe(gap);
});

test.each([
  "0 25 * * *",
  "61 * * * *",
  "0 2 * *",
  "0 0 2 * * *",
  "* * * * 7",
  "* * 0 * *",
  "5-1 * * * *",
  "*/0 * * * *",
  "x * * * *",
])("cron does not understand %s", (text) => {
  expect(scheduleOf(text)).toBeUndefined();
});

interface Options {
  readonly schedule?: string;
  readonly deadline?: number;
  readonly spec?: object;
}

const faults = ({ schedule = "0 * * * *", deadline, spec }: Options) =>
  faultsOf(
    schedulesLeaveTime,
    evidenceOf(
      object("job", "batch/v1", "CronJob", {
        metadata: { name: "backup", namespace: "shop" },
        spec: {
          schedule,
          ...spec,
          jobTemplate: {
            spec: {
              activeDeadlineSeconds: deadline,
              template: { spec: { containers: [{ name: "script", image: "script:1" }] } },
            },
          },
        },
      }),
    ),
  );

test.each<readonly [string, Options, string | undefined]>([
  ["ends before the next is due", { deadline: 3300, spec: { concurrencyPolicy: "Forbid" } }, undefined],
  ["outlasts the next", { deadline: 7200, spec: { concurrencyPolicy: "Forbid" } }, "it is left out"],
  ["outlasts the next beside it", { deadline: 7200 }, "runs pile up"],
  ["may take for ever", { spec: { concurrencyPolicy: "Forbid" } }, "a run may take any time"],
  ["is replaced by the next", { spec: { concurrencyPolicy: "Replace" } }, undefined],
  ["may not be late", { deadline: 60, spec: { startingDeadlineSeconds: 9 } }, "looks every 10 s"],
  ["may be late", { deadline: 60, spec: { startingDeadlineSeconds: 10 } }, undefined],
  ["is suspended", { deadline: 60, spec: { suspend: true } }, "it never runs"],
  ["is for people to start", { schedule: "0 0 1 1 *", deadline: 60, spec: { suspend: true } }, undefined],
  [
    "has a time zone",
    { schedule: "0 5 * * *", deadline: 60, spec: { timeZone: "Europe/Berlin" } },
    undefined,
  ],
  ["has a time zone of nowhere", { deadline: 60, spec: { timeZone: "America/New York" } }, "is none"],
  [
    "falls into the hour that clocks skip",
    { schedule: "30 2 * * *", deadline: 60, spec: { timeZone: "America/New_York" } },
    "when clocks go forward it is left out",
  ],
  [
    "starts at night where clocks never change",
    { schedule: "30 2 * * *", deadline: 60, spec: { timeZone: "Etc/UTC" } },
    undefined,
  ],
  ["is on a day that there is every four years", { schedule: "0 2 29 2 *", deadline: 60 }, undefined],
  ["is on a day that there never is", { schedule: "0 2 30 2 *", deadline: 60 }, "no month has the day"],
  ["has no schedule", { schedule: "hourly", deadline: 60 }, 'does not understand its schedule "hourly"'],
])("a run that %s", (_, options, rule) => {
  expect(faults(options)).toEqual(rule === undefined ? [] : [expect.stringContaining(rule)]);
});

test.each([
  [{ schedule: "0 0 2 * * *" }, undefined],
  [{ schedule: "@daily" }, undefined],
  [{ schedule: "0 2 * * *" }, "has not the six fields"],
  [{ schedule: "0 0 2 * * *", suspend: true }, "it never runs"],
])("a backup of PostgreSQL by %j", (spec, rule) => {
  const backup = object("backup", "postgresql.cnpg.io/v1", "ScheduledBackup", {
    metadata: { name: "orders", namespace: "shop" },
    spec: { ...spec, cluster: { name: "orders" } },
  });
  expect(faultsOf(schedulesLeaveTime, evidenceOf(backup))).toEqual(
    rule === undefined ? [] : [expect.stringContaining(rule)],
  );
});
