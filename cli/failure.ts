/** A fault that its reader can mend: shown as its message alone, without a stack trace, with exit code 1. */
export class Failure extends Error {
  override readonly name = "Failure";
}
