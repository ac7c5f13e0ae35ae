/** The days of a month and of a week, the hours and minutes at which cron starts something. */
export interface Schedule {
  /** Minutes after midnight, sorted. */
  readonly times: readonly number[];
  readonly isDay: (date: Date) => boolean;
}

const macros: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/**
 * What five fields of cron say; undefined where Kubernetes does not understand them. Libraries understand more: a field of seconds,
 * Sunday as 7, the last day as L.
 */
export function scheduleOf(text: string): Schedule | undefined {
  const fields = (macros[text] ?? text).trim().split(/\s+/);
  const [minute = "", hour = "", date = "", month = "", day = ""] = fields;
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const dates = valuesOf(date, 1, 31);
  const inMonths = valuesOf(month, 1, 12, months, 1);
  // Sunday is 0 for Kubernetes; 7 it refuses.
  const onDays = valuesOf(day, 0, 6, days);
  if (fields.length !== 5 || !minutes || !hours || !dates || !inMonths || !onDays) return undefined;
  const isAny = (field: string): boolean => field === "*" || field === "?";
  return {
    times: [...hours]
      .flatMap((one) => [...minutes].map((other) => one * 60 + other))
      .toSorted((a, b) => a - b),
    isDay: (when) => {
      if (!inMonths.has(when.getUTCMonth() + 1)) return false;
      const [byDate, byDay] = [dates.has(when.getUTCDate()), onDays.has(when.getUTCDay())];
      // Where both are limited, either is enough.
      return isAny(date) || isAny(day) ? byDate && byDay : byDate || byDay;
    },
  };
}

function valuesOf(
  field: string,
  least: number,
  most: number,
  names: readonly string[] = [],
  first = 0,
): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  const numberOf = (text: string): number => {
    const index = names.indexOf(text.toLowerCase());
    return index >= 0 ? index + first : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  for (const part of field.split(",")) {
    const [, range = "", step = "1"] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [from = "", to] = range === "*" || range === "?" ? [String(least), String(most)] : range.split("-");
    const start = numberOf(from);
    const end = to === undefined ? (part.includes("/") ? most : start) : numberOf(to);
    if (!(start >= least && end <= most && start <= end && Number(step) > 0)) return undefined;
    for (let value = start; value <= end; value += Number(step)) found.add(value);
  }
  return found;
}

const dayMinutes = 24 * 60;

/** Seconds between the two starts that are closest to each other; infinite where there are fewer than two within two years. */
export function shortestGap({ times, isDay }: Schedule): number {
  let [shortest, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let day = 0; day < 731; day++) {
    // Any two years with a leap day among them.
    if (!isDay(new Date(Date.UTC(2027, 0, 1 + day)))) continue;
    for (const time of times) {
      const now = day * dayMinutes + time;
      shortest = Math.min(shortest, now - last);
      last = now;
    }
  }
  return shortest * 60;
}
