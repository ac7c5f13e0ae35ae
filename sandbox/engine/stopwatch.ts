/** The step in which the stacks that this one refers to come up. */
export const otherStacks = "other stacks";

/** Measures the steps of a run, in seconds, for the summary. */
export class Stopwatch {
  readonly #seconds = new Map<string, number>();

  async time<T>(step: string, work: () => Promise<T>): Promise<T> {
    const start = process.hrtime.bigint();
    try {
      return await work();
    } finally {
      const elapsed = Number(process.hrtime.bigint() - start) / 1e9;
      this.#seconds.set(step, (this.#seconds.get(step) ?? 0) + elapsed);
    }
  }

  /**
   * Notes a moment, given in milliseconds since this process started, as seconds since then, without the time that other
   * stacks took.
   */
  mark(step: string, moment: number): void {
    const others = this.#seconds.get(otherStacks) ?? 0;
    this.#seconds.set(step, moment / 1e3 - others);
  }

  /** Seconds by step, to a tenth, in the order in which the steps ran. */
  get seconds(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#seconds].map(([step, seconds]) => [step, Math.round(seconds * 10) / 10]),
    );
  }
}
