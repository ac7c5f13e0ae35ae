import type { Fault } from "./proof";

/** A fault that is known and lived with, for a time. */
export interface Exception {
  readonly proof: string;
  /** The fault's object, to the letter. */
  readonly object: string;
  /** A part of the fault's rule, where an object has several. */
  readonly rule?: string;
  readonly reason: string;
  /** The last day on which it counts, for example 2027-03-31. */
  readonly until: string;
}

/** Every exception, of all stacks. */
export const exceptions: readonly Exception[] = [];

/** The exception that covers a fault of a proof on a day; undefined where there is none, or it has ended. */
export function exceptionFor(
  proof: string,
  fault: Fault,
  day: string,
  among: readonly Exception[] = exceptions,
): Exception | undefined {
  return among.find(
    (one) =>
      one.proof === proof &&
      one.object === fault.object &&
      (one.rule === undefined || fault.rule.includes(one.rule)) &&
      day <= one.until,
  );
}
