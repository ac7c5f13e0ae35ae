/** A server that could not be asked, and why. */
export interface Trouble {
  readonly trouble: string;
}

/**
 * Lets the first who asks a server find out whether it answers at all. Whoever else wants something of it waits for that, and
 * is told the same: a server out of reach takes seconds to say so, the more the more ask at once. One that answered and then
 * does not is not asked again either.
 */
export class FirstAnswers {
  private readonly known = new Map<string, Promise<Trouble | undefined>>();

  /** What `ask` answers, or the trouble that whoever came before had with that server. */
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
