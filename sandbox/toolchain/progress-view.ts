import type { Reporter } from "../reporter";
import type { Progress } from "./progress";

/** Shows people how far the tools are, until it is ended. */
export interface ProgressView {
  /** The tool at the place came to another stage. */
  changed(place: number): void;
  end(): void;
}

/** Lines that are drawn over in a terminal; elsewhere a line for each change, and now and then one in between. */
export function showProgress(progress: Progress, reporter: Reporter): ProgressView {
  return reporter.terminal === undefined
    ? new Log(progress, reporter)
    : new Terminal(progress, reporter.terminal);
}

const logMilliseconds = 30_000;
const redrawMilliseconds = 1_000;

/** A log stays as it is written, so it says little: what begins, what ends, and that the rest is not stuck. */
class Log implements ProgressView {
  private readonly timer = setInterval(() => this.sayHowFar(), logMilliseconds);

  constructor(
    private readonly progress: Progress,
    private readonly reporter: Reporter,
  ) {}

  changed(place: number): void {
    this.reporter.detail(this.progress.line(place));
  }

  end(): void {
    clearInterval(this.timer);
    this.reporter.step(this.progress.summary());
  }

  private sayHowFar(): void {
    for (const place of this.progress.places) {
      if (this.progress.stage(place) === "under way") {
        this.reporter.detail(`${this.progress.line(place)}; ${this.progress.left()} left for all`);
      }
    }
  }
}

/** One line a tool, and one above them for all; each is cut where a narrow terminal ends. */
class Terminal implements ProgressView {
  private readonly timer = setInterval(() => this.draw(), redrawMilliseconds);
  private readonly lines: ReturnType<typeof import("log-update").createLogUpdate>;

  constructor(
    private readonly progress: Progress,
    private readonly stream: NodeJS.WriteStream,
  ) {
    // Loaded when there is something to wait for: most runs find their tools.
    const { createLogUpdate }: typeof import("log-update") = require("log-update");
    this.lines = createLogUpdate(stream, { showCursor: true });
    this.draw();
  }

  changed(): void {
    this.draw();
  }

  end(): void {
    clearInterval(this.timer);
    this.draw();
    this.lines.done();
  }

  private draw(): void {
    const width = (this.stream.columns || 80) - 1;
    const lines = this.progress.places.map((place) => `  ${this.progress.line(place)}`);
    this.lines([this.progress.summary(), ...lines].map((line) => cut(line, width)).join("\n"));
  }
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(width - 1, 1))}…`;
}
