/** The scripts of the sandbox's processes. Each belongs to the project, and tells the sandbox what it has to know of it. */
export interface Processes {
  /** The command line. */
  readonly main: string;
  /** Calls `serveStandIns`. */
  readonly standIns: string;
  /** Calls `controlCloud`. */
  readonly cloudController: string;
}
