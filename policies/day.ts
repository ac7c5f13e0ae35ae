/**
 * The variable with the day that a process takes for today, such as `2027-03-31`. Unset or empty: the current
 * date.
 */
export const todayVariable = "AI_PLATFORM_TODAY";

/** Whether a text is a valid date, such as `2027-03-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/**
 * The day that the process was given as today; undefined when none was given.
 *
 * @throws Error that names the variable, when its value is not a date
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
 * Today for every rule with a date: the day that the process was given, otherwise the date in UTC, so that
 * deadlines end at the same moment everywhere.
 *
 * @throws Error that names the variable, when its value is not a date
 */
export function today(env: NodeJS.ProcessEnv = process.env): string {
  return givenDay(env) ?? new Date().toISOString().slice(0, 10);
}
