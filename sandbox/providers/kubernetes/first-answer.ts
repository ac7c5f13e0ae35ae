/** A server that could not be asked, and why. */
export interface Trouble {
  readonly trouble: string;
}

/**
 * Lets the first caller find out whether a server answers at all. Other callers wait for that and get the
 * same result: an unreachable server takes seconds to fail, and longer with more callers. One that answered
 * before and then does not is not asked again either.
 */
export class FirstAnswers {
  private readonly known = new Map<string, Promise<Trouble | undefined>>();

  /** The result of `ask`, or the error that an earlier caller got from that server. */
  async of<Answer extends object>(
    server: string,
    ask: () => Promise<Answer | Trouble>,
  ): Promise<Answer | Trouble> {
    const known = this.known.get(server);
    const before = known && (await known);
    if (before !== undefined) {
      return before;
    }
    const answer = ask();
    // A fault is no trouble on the way: the server has answered.
    const trouble = answer.then(
      (said) => ("trouble" in said ? said : undefined),
      () => undefined,
    );
    if (known === undefined) {
      this.known.set(server, trouble);
    } else if ((await trouble) !== undefined) {
      this.known.set(server, trouble);
    }
    return answer;
  }
}
