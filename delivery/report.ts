import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding, Result } from "./row";

/** What a command found, for people and for scripts. */
export interface Report {
  readonly command: string;
  readonly stack: string;
  readonly succeeded: boolean;
  readonly counts: Readonly<Record<"pass" | "fail" | "not checked", number>>;
  readonly results: readonly Result[];
}

export function reportOf(command: string, stack: string, results: readonly Result[]): Report {
  const count = (outcome: Result["verdict"]["outcome"]): number =>
    results.filter(({ verdict }) => verdict.outcome === outcome).length;
  const counts = { pass: count("pass"), fail: count("fail"), "not checked": count("not checked") };
  return { command, stack, succeeded: counts.fail === 0, counts, results };
}

/** The report for a terminal: a line for each row, and below a failed one what to do. */
export function render({ command, stack, results, counts }: Report): string {
  const subjects = [...new Set(results.map(({ subject }) => subject))];
  const sections = subjects.map((subject) =>
    [`  ${subject}`, ...results.filter((result) => result.subject === subject).flatMap(linesOf)].join("\n"),
  );
  const standIns = results.filter(({ verdict }) => verdict.outcome === "pass" && verdict.standsIn).length;
  const ofThem = standIns > 0 ? ` (${standIns} by what stands in)` : "";
  const totals = `${counts.pass} passed${ofThem}, ${counts.fail} failed, ${counts["not checked"]} not checked`;
  return [`${stack}: ${command}`, ...sections, `${stack}: ${totals}`].join("\n");
}

/** Writes build/reports/<stack>-<command>.json below the project. @returns its path */
export function writeReport(projectDirectory: string, report: Report): string {
  const folder = join(projectDirectory, "build", "reports");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${report.stack}-${report.command}.json`);
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  return file;
}

function linesOf({ id, title, seed, verdict }: Result): readonly string[] {
  switch (verdict.outcome) {
    case "pass":
      return [`    pass  ${title}${verdict.standsIn ? " (what stands in for it)" : ""}`];
    case "not checked":
      return [`    ----  ${title}: not checked, ${verdict.reason}`];
    case "fail":
      return [`    FAIL  ${title} (${id}; ${seed})`, ...verdict.findings.flatMap(findingLines)];
    default: {
      const exhaustive: never = verdict;
      return exhaustive;
    }
  }
}

function findingLines({ about, expected, found, look }: Finding): readonly string[] {
  return [
    `            ${about}`,
    `              expected  ${expected}`,
    `              found     ${found}`,
    `              look      ${look}`,
  ];
}
