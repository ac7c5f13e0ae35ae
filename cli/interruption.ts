/** The shell's exit code for a program that SIGINT ended. */
export const interruptedExitCode = 130;

/** The end of a command that was interrupted: it tells what is left and what to type next, and is no error. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}

/** What Ctrl-C does while some work is under way. */
export interface OnInterrupt {
  /** What is left, and what to type next. */
  readonly left: () => string;
  /** Asks the work to end, which it then does by itself. Without it the command ends at once. */
  readonly stop?: () => void;
}

/** A terminal interrupts every process of a command, and npm hands the signal on: several within this time are one Ctrl-C. */
const oneKeystrokeMilliseconds = 1_000;

const underWay: OnInterrupt[] = [];
let interruptedAt: number | undefined;

/** Whether Ctrl-C was pressed during work that is asked to end. */
export function isInterrupted(): boolean {
  return interruptedAt !== undefined;
}

/**
 * Does work that Ctrl-C ends in an orderly way; a second Ctrl-C ends the command at once. Within such work there may be other:
 * the innermost decides.
 *
 * @throws Interruption after the work, if it was interrupted
 */
export async function interruptible<Result>(
  onInterrupt: OnInterrupt,
  work: () => Promise<Result>,
): Promise<Result> {
  if (underWay.length === 0) process.on("SIGINT", interrupt);
  underWay.push(onInterrupt);
  try {
    const result = await work();
    if (!isInterrupted()) return result;
  } catch (error) {
    if (!isInterrupted() || error instanceof Interruption) throw error;
  } finally {
    underWay.splice(underWay.lastIndexOf(onInterrupt), 1);
    if (underWay.length === 0) process.off("SIGINT", interrupt);
  }
  throw new Interruption(onInterrupt.left());
}

function interrupt(): void {
  const now = performance.now();
  if (interruptedAt !== undefined && now - interruptedAt < oneKeystrokeMilliseconds) return;
  const again = interruptedAt !== undefined;
  interruptedAt ??= now;
  const innermost = underWay.at(-1);
  if (again || innermost?.stop === undefined) {
    process.stderr.write(`\n${innermost?.left()}\n`);
    process.exit(interruptedExitCode);
  }
  innermost.stop();
  process.stderr.write("\nInterrupted: ending what is under way. Ctrl-C again ends at once.\n");
}
