import { bundleSchema } from "../../apps/registry";
import type { Bundle } from "./bundle";
import { keepersOf, termOf } from "./rotation";

function bundle(name: string, rotationDays: Bundle["rotationDays"] = 90): Bundle {
  return bundleSchema.parse({
    name,
    system: "atlas",
    keys: { password: { source: "generated" } },
    consumers: ["ai-engine"],
    rotationDays,
  });
}

const start = new Date("2026-11-20");

function day(number: number): Date {
  return new Date(start.getTime() + number * 24 * 60 * 60 * 1000);
}

/** The days, of the first so many, on which a bundle is due. */
function dueDays(of: Bundle, days: number): readonly number[] {
  const period = (number: number) => keepersOf(of, { today: day(number), now: {} }).period;
  return Array.from({ length: days }, (_, index) => index + 1).filter(
    (number) => period(number) !== period(number - 1),
  );
}

test("a bundle is due once in its period, on the same day of each (002)", () => {
  for (const days of [1, 7, 90, 366]) {
    const due = dueDays(bundle("redis-credentials", days), 4 * days);
    expect(due).toHaveLength(4);
    expect(new Set(due.map((number) => number % days)).size).toBe(1);
  }
});

test("not everything is due on one day", () => {
  const names = Array.from({ length: 30 }, (_, index) => `bundle-${index}`);
  const due = names.flatMap((name) => dueDays(bundle(name), 90));
  expect(due).toHaveLength(names.length);
  expect(new Set(due).size).toBeGreaterThan(20);
});

test("the hour does not count", () => {
  const at = (time: string) => keepersOf(bundle("tokens", 1), { today: new Date(time), now: {} });
  expect(at("2026-11-20T23:59:59Z")).toEqual(at("2026-11-20T00:00:00Z"));
  expect(at("2026-11-21T00:00:00Z")).not.toEqual(at("2026-11-20T23:59:59Z"));
});

test("`never` is never due, but can be made anew", () => {
  const kept = bundle("kept", "never");
  expect(dueDays(kept, 4000)).toEqual([]);
  expect(keepersOf(kept, { today: start, now: { kept: "leaked" } })).toEqual({ rotate: "leaked" });
});

test("what is made anew before it is due is still due on its day", () => {
  const tokens = bundle("tokens");
  const [due = 0] = dueDays(tokens, 90);
  const now = { tokens: "2026-11-20" };
  const before = keepersOf(tokens, { today: day(due - 1), now });
  expect(before).toMatchObject({ rotate: "2026-11-20" });
  expect(keepersOf(tokens, { today: day(due), now })).not.toEqual(before);
});

test("a term begins on the day on which its values are due, and ends on the next such day", () => {
  const tokens = bundle("tokens");
  const [due = 0] = dueDays(tokens, 90);
  const text = (number: number) => day(number).toISOString().slice(0, 10);
  const term = { days: 90, since: text(due), until: text(due + 90) };
  expect(termOf(tokens, day(due - 1))).toEqual({ days: 90, since: text(due - 90), until: text(due) });
  expect([termOf(tokens, day(due)), termOf(tokens, day(due + 89))]).toEqual([term, term]);
  expect(termOf(bundle("kept", "never"), start)).toBeUndefined();
});
