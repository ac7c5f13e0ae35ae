import { givenDay, isDay, today, todayVariable } from "./day";

test("a day is a date of the calendar", () => {
  const days = ["2028-02-29", "2027-02-29", "2027-13-01", "2027-3-31", "2027-03-31T00:00:00Z", "", "soon"];
  expect(days.filter(isDay)).toEqual(["2028-02-29"]);
});

test("today is the day that the process was given", () => {
  expect(today({ [todayVariable]: "2027-03-31" })).toBe("2027-03-31");
});

test.each([{}, { [todayVariable]: "" }])("without one it is the calendar's, in UTC: %j", (env) => {
  jest.useFakeTimers({ now: new Date("2027-03-31T23:30:00-02:00") });
  try {
    expect([givenDay(env), today(env)]).toEqual([undefined, "2027-04-01"]);
  } finally {
    jest.useRealTimers();
  }
});

test("something else than a date is refused, with what is allowed", () => {
  expect(() => today({ [todayVariable]: "tomorrow" })).toThrow(
    'AI_PLATFORM_TODAY: found "tomorrow"; allowed is a date of the calendar, for example 2027-03-31',
  );
});
