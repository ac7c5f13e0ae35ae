import { cloudPreflight, sandboxPreflight } from "../preflight";
import { context } from "../preflight/context";
import { type Report, render, reportOf, writeReport } from "../report";
import { walk } from "../row";
import { readStackFacts } from "../stack-facts";
import type { TargetOptions } from "../target";

/** Checks everything that an `up` needs; false, with what to do, when something is missing. */
export async function preflight(options: TargetOptions): Promise<boolean> {
  const report = await preflightReport(options);
  const file = writeReport(options.projectDirectory, report);
  process.stdout.write(`${render(report)}\n  written to ${file}\n`);
  return report.succeeded;
}

export async function preflightReport({ projectDirectory, stack, clouds }: TargetOptions): Promise<Report> {
  const facts = readStackFacts(projectDirectory, stack);
  const rows = clouds ? cloudPreflight : sandboxPreflight;
  const name = clouds ? "clouds" : "sandbox";
  return reportOf("preflight", stack, await walk(rows, context(facts, projectDirectory), name));
}
