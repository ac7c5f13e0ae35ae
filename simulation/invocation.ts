import { invocation, type StackOptions } from "../sandbox/invocation";
import { processes } from "./processes";

/** What node is given to run a command of this project's sandbox in a process of its own. */
export function sandboxInvocation(
  command: string,
  options: StackOptions,
  ...more: readonly string[]
): readonly string[] {
  return invocation(processes.main, command, options, ...more);
}
