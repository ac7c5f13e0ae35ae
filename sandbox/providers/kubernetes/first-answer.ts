/** A server that could not be asked, and why. */
export interface Trouble {
  readonly trouble: string;
}

/**
 * Lets the first who asks a server find out whether it answers at all. Whoever else wants something of it waits for that, and
 * is told the same: a server out of reach takes seconds to say so, the more the more ask at once.
 */
export class FirstAnswers {
  private readonly first = new Map<string, Promise<Trouble | undefined>>();

  /** What `ask` answers, or the trouble that whoever came first had with that server. */
  async of<Answer extends object>(
    server: string,
    ask: () => Promise<Answer | Trouble>,
  ): Promise<Answer | Trouble> {
    const first = this.first.get(server);
    if (first !== undefined) {
      return (await first) ?? ask();
    }
    const answer = ask();
    // A fault is no trouble on the way: the server has answered.
    const answered = answer.then(
      (said) => ("trouble" in said ? said : undefined),
      () => undefined,
    );
    this.first.set(server, answered);
    return answer;
  }
}
