import { join } from "node:path";
import type { RunOptions } from "./engine/session";

/** A stack, the folder of its project, and what else the command line can be told of them. */
export type StackOptions = Pick<RunOptions, "projectDirectory" | "stack"> &
  Partial<Pick<RunOptions, "definitions" | "charts">>;

/**
 * What node is given to run a command of the sandbox in a process of its own.
 *
 * @param main the script that is the command line
 */
export function invocation(
  main: string,
  command: string,
  { projectDirectory, stack, definitions, charts }: StackOptions,
  ...more: readonly string[]
): readonly string[] {
  return [
    ...["--require", join(__dirname, "..", "cli", "typescript.js"), main, command],
    ...["--stack", stack, "--project", projectDirectory],
    ...(definitions ? ["--definitions", definitions] : []),
    ...(charts ? ["--charts", charts] : []),
    ...more,
  ];
}
