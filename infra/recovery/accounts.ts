import type { System } from "../systems/system";

/** Service accounts of a store's recovery jobs; on AWS their roles are made by these names. (R1, R2) */
export interface RecoveryAccounts {
  /** Of its backup, which adds to the store's own folder. */
  readonly backup: string;
  /** Of its restore check, which only reads. */
  readonly restoreCheck: string;
}

/** A system, as far as its backups go. */
export type BackedUp = Pick<System, "name" | "backups">;

/**
 * The accounts of a store's jobs: each job's own, so that one that is taken over reaches no other store's backups.
 *
 * @throws Error for a store that the system's `backups` do not name: its jobs would have no role
 */
export function recoveryAccounts({ name: system, backups = [] }: BackedUp, store: string): RecoveryAccounts {
  const stores = backups.map((backup) => backup.store);
  if (!stores.includes(store)) {
    throw new Error(
      `${JSON.stringify(store)} is none of ${system}'s stores, and so has no roles; they are ${stores.join(", ")}`,
    );
  }
  const name = store.startsWith(`${system}-`) ? store : `${system}-${store}`;
  return { backup: `${name}-backup`, restoreCheck: `${name}-restore-check` };
}

/** What bundles call all jobs of a system that back up its stores, and all that check the backups. */
export function recoveryConsumers({ name, backups = [] }: BackedUp): readonly string[] {
  return backups.length === 0 ? [] : [`${name}-backup`, `${name}-restore-check`];
}
