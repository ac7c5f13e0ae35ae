/** The policy that is currently shown a resource, by its position, and the resource's type. */
interface Shown {
  readonly index: number;
  readonly type: string;
}

/**
 * Predicts the type of the next resource. For each call of the engine, the SDK shows the resource to one
 * policy after the other and reads it again each time. From the second call on, the type that the first
 * policy was shown applies to the others.
 *
 * No prediction is made once two calls overlapped or one was aborted, because a type might then belong to
 * another call.
 */
export class Calls {
  #shown: Shown | undefined;
  /** Position of the last policy that runs; undefined until the first call has ended. */
  #last: number | undefined;
  #areMixed = false;

  /**
   * The type of the resource that the policy at a position is shown next; undefined where it is uncertain, or
   * where the policy must be shown the resource.
   */
  typeFor(index: number): string | undefined {
    if (this.#areMixed || this.#last === undefined || this.#shown === undefined) return undefined;
    const hasEnded = this.#shown.index === this.#last;
    // The last policy tells that a call has ended.
    if (hasEnded || index >= this.#last || index <= this.#shown.index) return undefined;
    return this.#shown.type;
  }

  /** A policy is shown a resource. */
  show(shown: Shown): void {
    if (this.#shown !== undefined && shown.index <= this.#shown.index) {
      this.#last ??= this.#shown.index;
      if (this.#shown.index !== this.#last) this.#areMixed = true;
    }
    if (this.#last !== undefined && shown.index > this.#last) this.#areMixed = true;
    this.#shown = shown;
  }
}
