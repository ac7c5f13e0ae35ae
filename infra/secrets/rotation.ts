import { createHash } from "node:crypto";
import type { Bundle } from "./bundle";

/** When generated values are rotated. */
export interface Rotation {
  /** The day that decides which values are due. */
  readonly today: Date;
  /** Bundles that are not to wait until they are due, each with any text that was not there before. */
  readonly now: Readonly<Record<string, string>>;
}

const millisecondsOfADay = 24 * 60 * 60 * 1000;

/**
 * The keepers of a bundle's generated values: the values are rotated when any of them changes, and only then.
 * Periods are counted from the bundle's own day, so that not everything is due on the same day; values that
 * are due change with the next `pulumi up`. (002)
 */
export function keepersOf(
  { name, rotationDays }: Pick<Bundle, "name" | "rotationDays">,
  { today, now }: Rotation,
): Record<string, string> {
  const override = now[name];
  return {
    ...(rotationDays !== "never" && { period: String(periodOf(name, rotationDays, today)) }),
    ...(override !== undefined && { rotate: override }),
  };
}

/** The days from one rotation of a bundle to the next, of which today is one. */
export interface Term {
  readonly days: number;
  /** The day on which the term began, `YYYY-MM-DD`: values of before are due. */
  readonly since: string;
  /** The day on which the next term begins, `YYYY-MM-DD`. */
  readonly until: string;
}

/** The present term of a bundle; undefined where it is never due. */
export function termOf(
  { name, rotationDays }: Pick<Bundle, "name" | "rotationDays">,
  today: Date,
): Term | undefined {
  if (rotationDays === "never") return undefined;
  const first = periodOf(name, rotationDays, today) * rotationDays - offsetOf(name, rotationDays);
  return { days: rotationDays, since: dayText(first), until: dayText(first + rotationDays) };
}

function periodOf(name: string, days: number, today: Date): number {
  const day = Math.floor(today.getTime() / millisecondsOfADay);
  return Math.floor((day + offsetOf(name, days)) / days);
}

/** How many days a bundle's terms begin before those that are counted from 1970. */
function offsetOf(name: string, days: number): number {
  return createHash("sha256").update(name).digest().readUInt32BE() % days;
}

function dayText(day: number): string {
  return new Date(day * millisecondsOfADay).toISOString().slice(0, 10);
}
