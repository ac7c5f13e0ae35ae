/** Something that a stack's configuration lets pass and the policy would refuse. */
export interface Exception {
  readonly names: readonly string[];
  readonly reason: string;
}

/** An exception where it is configured. */
export interface Granted extends Exception {
  /** The id of the policy. */
  readonly policy: string;
  /** The key of the policy's configuration. */
  readonly key: string;
}
