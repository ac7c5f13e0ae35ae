import { spawn } from "node:child_process";
import { once } from "node:events";
import { interruptible } from "../../cli/interruption";
import { sandboxInvocation } from "../../simulation/invocation";
import { render, reportOf, writeReport } from "../report";
import type { Result } from "../row";
import { smokeRows } from "../rows";
import type { TargetOptions } from "../target";
import { checkClusters } from "./check-clusters";
import { preflightReport } from "./preflight";

export interface DeployOptions extends TargetOptions {
  /** Folders that are passed to the sandbox's `up`: `--definitions`, `--charts`. */
  readonly definitions: string | undefined;
  readonly charts: string | undefined;
}

/**
 * Preflight, `up`, smoke test and report: 001's deployment script. Stops at the first step that fails and
 * says what to do; the report contains what was done until then.
 */
export async function deploy(options: DeployOptions): Promise<boolean> {
  const before = await preflightReport(options);
  process.stdout.write(`${render(before)}\n`);
  if (!before.succeeded) return end(options, before.results);

  const came = await up(options);
  if (came.verdict.outcome === "fail") return end(options, [...before.results, came]);

  return end(options, [...before.results, came, ...(await checkClusters(smokeRows, options))]);
}

async function up(options: DeployOptions): Promise<Result> {
  const { program, words } = options.clouds ? cloudUp(options) : sandboxUp(options);
  const child = spawn(program, words, { cwd: options.projectDirectory, env: process.env, stdio: "inherit" });
  const left = (): string =>
    `${options.stack}: deploy was interrupted during up, whose own words are above. Continue: make deploy STACK=${options.stack}`;
  const [code] = await interruptible({ left, stop: () => undefined }, () => once(child, "exit"));
  const described = { id: "up", title: "The stack came up", seed: "001 Deployment Scripts", subject: "up" };
  if (code === 0) return { ...described, verdict: { outcome: "pass" } };
  const finding = {
    about: `the stack ${options.stack}`,
    expected: "every resource made or updated",
    found: `${program} ended with exit code ${code}: its own words are above`,
    look: `fix what it names, and run it again: it continues where it stopped`,
  };
  return { ...described, verdict: { outcome: "fail", findings: [finding] } };
}

function sandboxUp(options: DeployOptions) {
  return { program: process.execPath, words: sandboxInvocation("up", options) };
}

/**
 * Asks before it changes anything, unless it runs without a terminal; a pull request is the better place for
 * a review.
 */
function cloudUp({ stack }: DeployOptions) {
  const policies = ["--policy-pack", "policies", "--policy-pack-config", `policies/config/${stack}.json`];
  const answer = process.stdin.isTTY ? [] : ["--yes", "--non-interactive"];
  return { program: "pulumi", words: ["up", "--stack", stack, ...policies, ...answer] };
}

function end({ projectDirectory, stack }: DeployOptions, results: readonly Result[]): boolean {
  const report = reportOf("deploy", stack, results);
  const file = writeReport(projectDirectory, report);
  process.stdout.write(`\n${render(report)}\n  written to ${file}\n`);
  return report.succeeded;
}
