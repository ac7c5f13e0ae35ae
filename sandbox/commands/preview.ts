import { Failure } from "../../cli/failure";
import type { Reporter } from "../../cli/reporter";
import { preload } from "../engine/program";
import { openProject, readStackFile, referencedStacks } from "../engine/project";
import { hasState } from "../engine/pulumi-folders";
import type { RunOptions } from "../engine/session";
import { Stopwatch } from "../engine/stopwatch";
import { policyOptions } from "./policies";
import { runOperation } from "./run";

export interface PreviewOptions extends RunOptions {
  /** Fail when anything would change. */
  readonly expectNoChanges: boolean;
  /** Look at what really stands before comparing, so that drift is seen. */
  readonly refresh: boolean;
}

/** Shows what `up` would change; fails on a mandatory policy violation. */
export async function preview(options: PreviewOptions, reporter: Reporter): Promise<boolean> {
  const project = openProject(options.projectDirectory);
  const missing = referencedStacks(project, readStackFile(project, options.stack)).filter(
    (other) => !hasState(project, other),
  );
  if (missing.length > 0) {
    throw new Failure(
      `${options.stack} refers to the stack ${missing[0]}, which is not up. Bring it up first: make up STACK=${missing[0]}`,
    );
  }
  const { summary, events } = await runOperation(
    "preview",
    options,
    reporter,
    new Stopwatch(),
    async ({ stack }, engine) => {
      const finished = stack.preview({
        ...engine,
        ...policyOptions(options),
        refresh: options.refresh,
      });
      setImmediate(() => preload(project.main));
      await finished;
    },
  );
  if (options.expectNoChanges && events.changed > 0) {
    reporter.warn(`${options.stack}: no change was expected, and ${events.changed} resources would change`);
    return false;
  }
  return summary.succeeded;
}
