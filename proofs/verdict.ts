import type { Evidence, Fault, Verdict } from "./proof";

/** A part of a proof: one question, asked of everything that it concerns. */
export type Check = (evidence: Evidence) => Verdict;

/** Asks one question of each: undefined or an empty list where nothing is wrong. */
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

/** The verdict where there is nothing to look at. */
export const nothing: Verdict = { checks: 0, faults: [] };
