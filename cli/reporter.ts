/** Tells the person at the terminal what the sandbox does. Code that does the work never writes to the console itself. */
export interface Reporter {
  /** A step has begun: `Starting the control plane aws-atlas-prod`. */
  step(message: string): void;
  /** Progress within the current step; may be hidden or overwritten by a terminal. */
  detail(message: string): void;
  /** Something that the reader should know or do, though the work goes on. */
  warn(message: string): void;
  /** Where lines may be drawn over again; undefined where each stays as it was written: a file, a log of CI. */
  readonly terminal?: NodeJS.WriteStream | undefined;
}

/** Writes to standard error, so that standard output stays free for what a command prints as its result. */
export function consoleReporter(stream: NodeJS.WriteStream = process.stderr): Reporter {
  const write = (prefix: string) => (message: string) => {
    stream.write(`${prefix}${message}\n`);
  };
  const redraws = stream.isTTY && process.env.TERM !== "dumb" && !process.env.CI;
  return {
    step: write(""),
    detail: write("  "),
    warn: write("warning: "),
    terminal: redraws ? stream : undefined,
  };
}

/** Says nothing: for tests and for background processes that have a log of their own. */
export const silentReporter: Reporter = { step: () => {}, detail: () => {}, warn: () => {} };
