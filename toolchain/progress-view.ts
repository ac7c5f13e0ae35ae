import { Redrawn } from "../cli/redrawn";
import type { Reporter } from "../cli/reporter";
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

/** One line a tool, and one above them for all. */
class Terminal implements ProgressView {
  private readonly redrawn: Redrawn;

  constructor(progress: Progress, stream: NodeJS.WriteStream) {
    this.redrawn = new Redrawn(stream, () => [
      progress.summary(),
      ...progress.places.map((place) => `  ${progress.line(place)}`),
    ]);
  }

  changed(): void {
    this.redrawn.draw();
  }

  end(): void {
    this.redrawn.end();
  }
}
