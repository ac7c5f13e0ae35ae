/** True when a system call failed with one of these codes (`ENOENT`, `EEXIST`, ...). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === "object" && error !== null && "code" in error && codes.includes(String(error.code));
}

/** The message of a failure, in one line. Takes values that are no Error, too. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
