import { type Exception, exceptionFor, exceptions } from "./exceptions";
import type { Evidence, Fault, Proof } from "./proof";

/** A fault, and the exception that covers it. */
export interface Finding extends Fault {
  readonly proof: string;
  readonly exception: Exception | undefined;
}

/** The results of all proofs for one stack. */
export interface Result {
  readonly checks: number;
  readonly findings: readonly Finding[];
}

/**
 * Runs proofs over a stack.
 *
 * @param day on which exceptions must be valid, as `2026-11-30`
 */
export function prove(
  evidence: Evidence,
  proofs: readonly Proof[],
  day: string,
  excepted: readonly Exception[] = exceptions,
): Result {
  const verdicts = proofs.map((proof) => ({ proof, verdict: proof.check(evidence) }));
  return {
    checks: verdicts.reduce((sum, { verdict }) => sum + verdict.checks, 0),
    findings: verdicts.flatMap(({ proof: { name }, verdict }) =>
      verdict.faults.map((fault) => ({
        ...fault,
        proof: name,
        exception: exceptionFor(name, fault, day, excepted),
      })),
    ),
  };
}

/** The faults without an exception. */
export function faultsOf({ findings }: Result): readonly Finding[] {
  return findings.filter(({ exception }) => exception === undefined);
}

/** The result as text; the last line is `N checks, N faults`. */
export function render(result: Result): string {
  const faults = faultsOf(result);
  const covered = result.findings.length - faults.length;
  return [
    ...faults.map(({ proof, object, rule, source, fix }) =>
      [`${proof}: ${object}`, `  ${rule}`, `  source: ${source}`, `  fix: ${fix}`, ""].join("\n"),
    ),
    `${result.checks} checks, ${faults.length} faults${covered > 0 ? `, ${covered} excepted` : ""}`,
  ].join("\n");
}
