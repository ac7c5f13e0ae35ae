/** Lines at the end of a terminal that are drawn over again each second, until they are ended. */
export class Redrawn {
  private readonly timer = setInterval(() => this.draw(), 1_000);
  private readonly update: ReturnType<typeof import("log-update").createLogUpdate>;

  /** @param lines the current lines; each is cut at the width of the terminal */
  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly lines: () => readonly string[],
  ) {
    // Loaded when there is something to wait for: most runs find their tools.
    const { createLogUpdate }: typeof import("log-update") = require("log-update");
    this.update = createLogUpdate(stream, { showCursor: true });
    this.draw();
  }

  draw(): void {
    const width = (this.stream.columns || 80) - 1;
    this.update(
      this.lines()
        .map((line) => cut(line, width))
        .join("\n"),
    );
  }

  end(): void {
    clearInterval(this.timer);
    this.draw();
    this.update.done();
  }

  /** Ends, and leaves nothing of the lines. */
  vanish(): void {
    clearInterval(this.timer);
    this.update.clear();
    this.update.done();
  }
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(width - 1, 1))}…`;
}
