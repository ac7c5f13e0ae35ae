/** A failure that its reader can fix: shown as its message only, without a stack trace, with exit code 1. */
export class Failure extends Error {
  override readonly name = "Failure";
}
