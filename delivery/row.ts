import { messageOf } from "../cli/errors";
/** What is not as it should be. */
export interface Finding {
  /** What it is about: `Deployment atlas-ai-production/ai-engine`. */
  readonly about: string;
  readonly expected: string;
  readonly found: string;
  /** The command that shows more of it. */
  readonly look: string;
}

/** How a row came out. */
export type Verdict =
  | { readonly outcome: "pass" }
  | { readonly outcome: "fail"; readonly findings: readonly Finding[] }
  /** It cannot be told here, and why: nobody may take it for a pass. */
  | { readonly outcome: "not checked"; readonly reason: string };

/** One thing that is looked at, as data: `Subject` is what it looks at. */
export interface Row<Subject> {
  /** Stable, for scripts: `ai-engine-running`. */
  readonly id: string;
  readonly title: string;
  /** Where it is asked for: a seed, and the part of it. */
  readonly seed: string;
  /** Whether the row has a meaning for the subject. @default always */
  readonly appliesTo?: (subject: Subject) => boolean;
  readonly check: (subject: Subject) => Verdict | Promise<Verdict>;
}

/** A row, and how it came out for one subject. */
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly seed: string;
  /** What was looked at: a cluster, an account, this machine. */
  readonly subject: string;
  readonly verdict: Verdict;
}

export const passed: Verdict = { outcome: "pass" };

export function notChecked(reason: string): Verdict {
  return { outcome: "not checked", reason };
}

/** Passes when there is nothing to find fault with. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  return findings.length === 0 ? passed : { outcome: "fail", findings };
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
    return verdictOf([{ about: title, expected: "an answer", found, look: "mend that, and run it again" }]);
  }
}
