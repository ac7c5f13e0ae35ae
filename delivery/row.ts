import { messageOf } from "../cli/errors";
import { stoodInLabel } from "../sandbox/stood-in";

/** Something that is wrong. */
export interface Finding {
  /** The object: `Deployment atlas-ai-production/ai-engine`. */
  readonly about: string;
  readonly expected: string;
  readonly found: string;
  /** The command that shows more. */
  readonly look: string;
}

/** The result of a row. */
export type Verdict =
  /** `standsIn`: what passed stands in the sandbox in the place of what a chart or an operator makes, and runs nothing. */
  | { readonly outcome: "pass"; readonly standsIn?: true }
  | { readonly outcome: "fail"; readonly findings: readonly Finding[] }
  /** It cannot be checked here, for this reason; this is not a pass. */
  | { readonly outcome: "not checked"; readonly reason: string };

/** One check, as data; `Subject` is what it checks. */
export interface Row<Subject> {
  /** Stable, for scripts: `ai-engine-running`. */
  readonly id: string;
  readonly title: string;
  /** The demand: a seed, and the part of it. */
  readonly seed: string;
  /** Whether the row applies to the subject. @default always */
  readonly appliesTo?: (subject: Subject) => boolean;
  readonly check: (subject: Subject) => Verdict | Promise<Verdict>;
}

/** A row and its result for one subject. */
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly seed: string;
  /** What was checked: a cluster, an account, this machine. */
  readonly subject: string;
  readonly verdict: Verdict;
}

export const passed: Verdict = { outcome: "pass" };

export function notChecked(reason: string): Verdict {
  return { outcome: "not checked", reason };
}

/**
 * Passes without findings.
 *
 * @param looked what was looked at, where it may be there in the place of something else
 */
export function verdictOf(findings: readonly Finding[], looked: readonly Labelled[] = []): Verdict {
  if (findings.length > 0) return { outcome: "fail", findings };
  return looked.some(({ metadata }) => stoodInLabel in metadata.labels)
    ? { outcome: "pass", standsIn: true }
    : passed;
}

interface Labelled {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
}

/** One verdict of several: what fails goes before what could not be told, and that before what passes. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const findings = verdicts.flatMap((verdict) => (verdict.outcome === "fail" ? verdict.findings : []));
  const untold = verdicts.find(({ outcome }) => outcome === "not checked");
  return findings.length > 0 ? verdictOf(findings) : (untold ?? passed);
}

/** Walks rows in their order. A row that cannot be looked at (no connection, no permission) fails, and says why. */
export async function walk<Subject>(
  rows: readonly Row<Subject>[],
  subject: Subject,
  name: string,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const { id, title, seed, appliesTo, check } of rows) {
    if (appliesTo?.(subject) ?? true) {
      results.push({ id, title, seed, subject: name, verdict: await attempt(() => check(subject), title) });
    }
  }
  return results;
}

async function attempt(check: () => Verdict | Promise<Verdict>, title: string): Promise<Verdict> {
  try {
    return await check();
  } catch (error) {
    const said = messageOf(error);
    const found = said.trim().replaceAll(/\s*\n\s*/g, " ");
    return verdictOf([{ about: title, expected: "an answer", found, look: "fix that, and run it again" }]);
  }
}
