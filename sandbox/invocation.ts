import { join } from "node:path";
import type { RunOptions } from "./engine/session";

/** A stack, the folder of its project, and what else the command line can be told of them. */
type StackOptions = Pick<RunOptions, "projectDirectory" | "stack"> &
  Partial<Pick<RunOptions, "definitions" | "charts">>;

/** What node is given to run a command of the sandbox in a process of its own. */
export function invocation(
  command: string,
  { projectDirectory, stack, definitions, charts }: StackOptions,
  ...more: readonly string[]
): readonly string[] {
  return [
    ...["--require", join(__dirname, "..", "cli", "typescript.js"), join(__dirname, "main.ts"), command],
    ...["--stack", stack, "--project", projectDirectory],
    ...(definitions ? ["--definitions", definitions] : []),
    ...(charts ? ["--charts", charts] : []),
    ...more,
  ];
}
