import type { Evidence, Fault, Verdict } from "./proof";

/** A part of a proof: one check of everything that it concerns. */
export type Check = (evidence: Evidence) => Verdict;

/** Runs one check for each subject: undefined or an empty list means that nothing is wrong. */
export function each<Subject>(
  subjects: Iterable<Subject>,
  ask: (subject: Subject) => Fault | readonly Fault[] | undefined,
): Verdict {
  const answers = [...subjects].map(ask);
  return {
    checks: answers.length,
    faults: answers.flatMap((answer) => answer ?? []),
  };
}

/** Several checks as one. */
export function together(...checks: readonly Check[]): Check {
  return (evidence) => sum(checks.map((check) => check(evidence)));
}

/** Several verdicts as one. */
export function sum(verdicts: readonly Verdict[]): Verdict {
  return {
    checks: verdicts.reduce((count, { checks }) => count + checks, 0),
    faults: verdicts.flatMap(({ faults }) => faults),
  };
}

/** The verdict when there is nothing to check. */
export const nothing: Verdict = { checks: 0, faults: [] };
