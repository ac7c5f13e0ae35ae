/** Names the day that a process takes for today, such as `2027-03-31`. Unset or empty: the calendar's. */
export const todayVariable = "AI_PLATFORM_TODAY";

/** Whether a text is a date of the calendar, such as `2027-03-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/**
 * The day that a process was given for today; undefined where it was given none.
 *
 * @throws Error that names the variable, when it holds something else than a date
 */
export function givenDay(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = env[todayVariable];
  if (!given) return undefined;
  if (isDay(given)) return given;
  throw new Error(
    `${todayVariable}: found ${JSON.stringify(given)}; allowed is a date of the calendar, for example 2027-03-31`,
  );
}

/**
 * Today, for everything that goes by the calendar: the day that the process was given, or else the date in UTC, so that what
 * has a last day ends at the same moment everywhere.
 *
 * @throws Error that names the variable, when it holds something else than a date
 */
export function today(env: NodeJS.ProcessEnv = process.env): string {
  return givenDay(env) ?? new Date().toISOString().slice(0, 10);
}
