import { createHash } from "node:crypto";
import type { Bundle } from "./bundle";

/** When generated values are made anew. */
export interface Rotation {
  /** The day that decides which values are due. */
  readonly today: Date;
  /** Bundles that are not to wait until they are due, each with any text that was not there before. */
  readonly now: Readonly<Record<string, string>>;
}

const millisecondsOfADay = 24 * 60 * 60 * 1000;

/**
 * What the generated values of a bundle are kept for: they are made anew when any of this changes, and only then. Periods
 * are counted from a day of the bundle's own, so that not everything is due on the same day; whatever is due changes with
 * the next `pulumi up`. (002)
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

function periodOf(name: string, days: number, today: Date): number {
  const day = Math.floor(today.getTime() / millisecondsOfADay);
  const offset = createHash("sha256").update(name).digest().readUInt32BE() % days;
  return Math.floor((day + offset) / days);
}
