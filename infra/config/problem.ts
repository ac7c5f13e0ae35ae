import type { KeyPath } from "./fault";

/** What is wrong at a key of a section, though each value by itself is well-formed. */
export interface Problem {
  /** From the section's own keys on. */
  readonly path: KeyPath;
  readonly message: string;
}
