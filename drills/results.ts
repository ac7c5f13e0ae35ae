import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../cli/errors";
import { textTable } from "../cli/table";
import type { Drill, Outcome } from "./drill";

/** What a drill came to, as it is kept for reports. */
export interface DrillResult extends Outcome {
  readonly name: string;
  readonly promise: string;
  readonly seconds: number;
}

/** The last run of a stack's drills; also written to build/drills/<stack>.json for scripts. */
export interface DrillResults {
  readonly stack: string;
  /** ISO 8601. */
  readonly at: string;
  readonly drills: readonly DrillResult[];
}

/** Where the results of a stack's last drills are. */
export function resultsFile(projectDirectory: string, stack: string): string {
  return join(projectDirectory, "build", "drills", `${stack}.json`);
}

export function writeResults(projectDirectory: string, results: DrillResults): string {
  const file = resultsFile(projectDirectory, results.stack);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
  return file;
}

/** Each drill's evidence, as it ends. */
export function renderResult({ name, promise, passed, evidence }: DrillResult): string {
  return [
    `${passed ? "passed" : "FAILED"}  ${name}: ${promise}`,
    ...evidence.map((line) => `  ${line}`),
  ].join("\n");
}

/** All drills at a glance. */
export function renderResults({ drills }: DrillResults): string {
  const rows = drills.map(({ name, passed, seconds }) => [
    name,
    passed ? "passed" : "FAILED",
    `${Math.round(seconds)} s`,
  ]);
  const failed = drills.filter(({ passed }) => !passed).length;
  return `${textTable([["drill", "result", "took"], ...rows])}\n${drills.length - failed} passed, ${failed} failed`;
}

/** Runs one drill; what it throws is a failure of the drill, and told as evidence. */
export async function resultOf(
  { name, promise, run }: Drill,
  context: Parameters<Drill["run"]>[0],
): Promise<DrillResult> {
  const started = performance.now();
  const outcome = await run(context).catch(
    (error: unknown): Outcome => ({
      passed: false,
      evidence: [`the drill could not go on: ${messageOf(error)}`],
    }),
  );
  return { name, promise, ...outcome, seconds: (performance.now() - started) / 1000 };
}
