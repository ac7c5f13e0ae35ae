import { interruptible } from "../../cli/interruption";
import type { LiveCluster } from "../cluster/live-cluster";
import { render, reportOf, writeReport } from "../report";
import { type Result, type Row, walk } from "../row";
import { smokeRows, validationRows } from "../rows";
import { findTargets, read, type TargetOptions, type Targets } from "../target";
import { provenLive } from "./prove-live";

export interface ValidateOptions extends TargetOptions {
  /** Path of the plan that the clusters are held against, as `--plan` has it. Default: the reviewed one. */
  readonly plan: string | undefined;
}

/**
 * Checks every row of 001's validation list on each of the stack's clusters, and runs all proofs on their
 * current state; false when any fails.
 */
export function validate({ plan, ...options }: ValidateOptions): Promise<boolean> {
  return look("validate", validationRows, options, (targets) => provenLive(targets, plan));
}

/** Checks whether each of the stack's clusters works; false when one does not. */
export function smoke(options: TargetOptions): Promise<boolean> {
  return look("smoke", smokeRows, options);
}

async function look(
  command: string,
  rows: readonly Row<LiveCluster>[],
  options: TargetOptions,
  also: (targets: Targets) => Promise<readonly Result[]> = async () => [],
): Promise<boolean> {
  const again = `make ${command} STACK=${options.stack}`;
  const left = (): string =>
    `${options.stack}: ${command} was interrupted; it changes nothing. Again: ${again}`;
  const results = await interruptible({ left }, async () => {
    const targets = await findTargets(options);
    return [...(await walkAll(rows, targets)), ...(await also(targets))];
  });
  const report = reportOf(command, options.stack, results);
  const file = writeReport(options.projectDirectory, report);
  process.stdout.write(`${render(report)}\n  written to ${file}\n`);
  return report.succeeded;
}

/** The results of the rows for each cluster. */
export async function checkClusters(
  rows: readonly Row<LiveCluster>[],
  options: TargetOptions,
): Promise<readonly Result[]> {
  return walkAll(rows, await findTargets(options));
}

async function walkAll(rows: readonly Row<LiveCluster>[], targets: Targets): Promise<readonly Result[]> {
  const results = await Promise.all(
    targets.clusters.map(async (one) => walk(rows, await read(one, targets), one.name)),
  );
  return results.flat();
}
