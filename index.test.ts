import entryPoint = require("./index");

import * as pulumi from "@pulumi/pulumi";
import { todayVariable } from "./policies/day";
import { program } from "./program";

jest.mock("./program", () => ({ program: jest.fn() }));

const runs = jest.mocked(program);
const warnings = jest.spyOn(pulumi.log, "warn").mockImplementation(async () => undefined);

beforeEach(() => {
  delete process.env[todayVariable];
  warnings.mockClear();
});

const translatingBefore = process.sourceMapsEnabled;
const hookBefore = Error.prepareStackTrace;
afterAll(() => {
  process.setSourceMapsEnabled(translatingBefore);
  Error.prepareStackTrace = hookBefore;
});

test("Pulumi gets a function to call, and the stack's outputs from it", async () => {
  runs.mockResolvedValue({ clusters: {} });
  await expect(entryPoint()).resolves.toEqual({ clusters: {} });
});

test("stack traces are translated again when the program ends, and when it fails", async () => {
  const hook = () => "translated";
  const during: unknown[] = [];
  process.setSourceMapsEnabled(true);
  Error.prepareStackTrace = hook;
  runs.mockImplementation(async () => {
    during.push(process.sourceMapsEnabled, Error.prepareStackTrace);
    throw new Error("refused");
  });
  await expect(entryPoint()).rejects.toThrow("refused");
  const after = [process.sourceMapsEnabled, Error.prepareStackTrace];
  expect({ during, after }).toEqual({ during: [false, undefined], after: [true, hook] });
});

test("the program is handed the day of the calendar, and nothing is said of it", async () => {
  jest.useFakeTimers({ now: new Date("2027-01-15T23:30:00Z"), doNotFake: ["nextTick"] });
  runs.mockResolvedValue({ clusters: {} });
  await entryPoint();
  jest.useRealTimers();
  expect(runs).toHaveBeenLastCalledWith(new Date("2027-01-15"));
  expect(warnings).not.toHaveBeenCalled();
});

test("a day that was handed in counts, and does not go unseen", async () => {
  process.env[todayVariable] = "2027-03-31";
  runs.mockResolvedValue({ clusters: {} });
  await entryPoint();
  expect(runs).toHaveBeenLastCalledWith(new Date("2027-03-31"));
  expect(warnings.mock.calls).toEqual([["AI_PLATFORM_TODAY is set: this run takes 2027-03-31 for today."]]);
});

test("what is no day is refused without a stack trace", async () => {
  process.env[todayVariable] = "tomorrow";
  const refusal = await entryPoint().catch((error: unknown) => error);
  expect(pulumi.RunError.isInstance(refusal)).toBe(true);
  expect(String(refusal)).toContain('AI_PLATFORM_TODAY: found "tomorrow"');
});
