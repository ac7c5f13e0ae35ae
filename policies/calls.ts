/** The policy that is being shown a resource, by its place among all, and the type of the resource. */
interface Shown {
  readonly index: number;
  readonly type: string;
}

/**
 * Follows how the SDK shows a resource to the policies: for each of the engine's calls to one after the other, in their order, and
 * reads the resource again for each. From the second call on, what is shown to the first of them tells the others which type it is
 * before they are asked.
 *
 * Nothing is told as soon as two calls were seen at the same time, or one that broke off: then a type might be that of another call.
 */
export class Calls {
  #shown: Shown | undefined;
  /** Place of the last policy that runs; undefined until the first call has ended. */
  #last: number | undefined;
  #areMixed = false;

  /** The type of the resource that the policy at a place is shown next; undefined where that is not certain, or it must be shown it. */
  typeFor(index: number): string | undefined {
    if (this.#areMixed || this.#last === undefined || this.#shown === undefined) return undefined;
    const hasEnded = this.#shown.index === this.#last;
    // By the last policy it is seen that a call has ended.
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
