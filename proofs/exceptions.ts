import { unpinnedImages } from "../facts/unpinned";
import type { Fault } from "./proof";

/** A known fault that is accepted for a time. */
export interface Exception {
  readonly proof: string;
  /** The fault's object, exactly. */
  readonly object: string;
  /** A part of the fault's rule, when an object has several faults. */
  readonly rule?: string;
  readonly reason: string;
  /** The last day on which the exception is valid, for example 2027-03-31. */
  readonly until: string;
}

/** Every exception, of all stacks. */
export const exceptions: readonly Exception[] = [
  ...unpinnedImages.images.map((image) => ({
    proof: "hygiene",
    object: image,
    rule: "the image has no digest",
    reason: "Its registry has not been asked for the digest yet",
    until: unpinnedImages.until,
  })),
];

/** The exception for a fault of a proof on a day; undefined when there is none, or it has ended. */
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
