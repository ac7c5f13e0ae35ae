import { Command, Option } from "commander";
import { fullDiskAdvice } from "./disk-full";
import { hasCode, messageOf } from "./errors";
import { Failure } from "./failure";
import { Interruption, interruptedExitCode } from "./interruption";
import { unwritableAdvice } from "./unwritable";

/**
 * A command line. A word that it does not know is refused in one line, with the nearest that it knows: what is possible, on
 * thirty lines, would hide it.
 */
export function commandLine(name: string, description: string): Command {
  return new Command(name).description(description).showHelpAfterError("Add --help to see what there is.");
}

/** The option `--stack` of a command; the variable STACK gives it too. Default: dev. */
export function stackOption(description = "which Pulumi.<name>.yaml"): Option {
  return new Option("--stack <name>", description).default("dev").env("STACK");
}

/**
 * Makes the action of a command of its work, which answers whether all went well. Exit code 1 for what failed and was shown,
 * and for a fault with its message, 130 for an interruption; a bug shows its stack trace.
 */
export function run<Options>(
  work: (options: Options) => boolean | Promise<boolean>,
): (options: Options) => Promise<void> {
  return async (options) => {
    try {
      process.exitCode = (await work(options)) ? 0 : 1;
    } catch (error) {
      if (error instanceof Interruption) {
        process.exitCode = interruptedExitCode;
        process.stderr.write(`\n${error.message}\n`);
        return;
      }
      process.exitCode = 1;
      process.stderr.write(`error: ${explain(error)}\n`);
    }
  };
}

function explain(error: unknown): string {
  const unwritable = unwritableAdvice(error);
  if (unwritable !== undefined) {
    return unwritable;
  }
  const advice = fullDiskAdvice(messageOf(error));
  if (advice !== undefined) {
    return `${advice}\n${messageOf(error)}`;
  }
  // The system names the call and the path: where in this program it was made says nothing more.
  if (hasCode(error, "EACCES", "EPERM", "EROFS", "ENOTDIR", "EISDIR", "EEXIST")) {
    return `${messageOf(error)}. Check what is there, and that this user may change it`;
  }
  return error instanceof Error && !(error instanceof Failure)
    ? (error.stack ?? error.message)
    : messageOf(error);
}
