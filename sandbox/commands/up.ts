import { spawn } from "node:child_process";
import { once } from "node:events";
import { cacheRoot } from "../../cli/cache";
import { Failure } from "../../cli/failure";
import { interruptible } from "../../cli/interruption";
import type { Reporter } from "../../cli/reporter";
import { setFirstDay } from "../cluster/first-day";
import { preload } from "../engine/program";
import { openProject, readStackFile, referencedStacks } from "../engine/project";
import type { RunOptions } from "../engine/session";
import { otherStacks, Stopwatch } from "../engine/stopwatch";
import { invocation } from "../invocation";
import { policyOptions } from "./policies";
import { runOperation } from "./run";

export interface UpOptions extends RunOptions {
  /** Look at what really stands first, so that drift is healed. */
  readonly refresh: boolean;
  /** What people bring, such as models, is not there yet: pods that wait for it are not Ready until the next `up`. */
  readonly firstDay: boolean;
}

/** Operations that the engine works on at once: the control planes answer quickly, so waiting dominates. */
const parallel = 32;

/** Brings a stack up, after the stacks that it refers to. */
export async function up(options: UpOptions, reporter: Reporter): Promise<boolean> {
  const project = openProject(options.projectDirectory);
  const stopwatch = new Stopwatch();
  for (const other of referencedStacks(project, readStackFile(project, options.stack))) {
    reporter.step(`${options.stack} refers to the stack ${other}, so ${other} is brought up first`);
    await stopwatch.time(otherStacks, () => upInOwnProcess(options, other));
  }
  setFirstDay(cacheRoot(), options.firstDay);
  const { summary } = await runOperation("up", options, reporter, stopwatch, async ({ stack }, engine) => {
    const finished = stack.up({
      ...engine,
      ...policyOptions(options),
      parallel,
      refresh: options.refresh,
    });
    setImmediate(() => preload(project.main));
    await finished;
  });
  return summary.succeeded;
}

/** Another stack is another run of the program, with modules and settings of its own. */
async function upInOwnProcess(options: RunOptions, stack: string): Promise<void> {
  const more = options.verbose ? ["--verbose"] : [];
  const child = spawn(
    process.execPath,
    invocation(options.processes.main, "up", { ...options, stack }, ...more),
    {
      stdio: "inherit",
    },
  );
  const left = (): string =>
    `${options.stack}: up was interrupted while ${stack} came up, and has changed nothing itself. Continue: make up STACK=${options.stack}`;
  const [code] = await interruptible({ left, stop: () => undefined }, () => once(child, "exit"));
  if (code !== 0) {
    throw new Failure(`${options.stack} refers to the stack ${stack}, which did not come up: see above.`);
  }
}
