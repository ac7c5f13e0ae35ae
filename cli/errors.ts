/** True when a system call failed with one of these codes (`ENOENT`, `EEXIST`, ...). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === "object" && error !== null && "code" in error && codes.includes(String(error.code));
}

/** What went wrong, in one line, also of what is no Error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
