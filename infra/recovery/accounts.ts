/** Service accounts of a store's recovery jobs; on AWS their roles are made by these names. (R1, R2) */
export interface RecoveryAccounts {
  /** Of its backup, which adds to the store's own folder. */
  readonly backup: string;
  /** Of its restore check, which only reads. */
  readonly restoreCheck: string;
}

/** The stores of each system that are backed up, by the names of their folders. */
export const recoverableStores = {
  atlas: ["cache", "model-registry", "models", "sessions", "timescaledb", "vectors"],
  "ai-middleware": ["ai-middleware-mongodb", "postgres", "redis"],
  aiaas: ["analytics", "redis", "user-organization"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A system that has stores. */
export type RecoverableSystem = keyof typeof recoverableStores;

/**
 * The accounts of a store's jobs: each job's own, so that one that is taken over reaches no other store's backups.
 *
 * @throws Error for a store that {@link recoverableStores} does not name: its jobs would have no role
 */
export function recoveryAccounts(system: RecoverableSystem, store: string): RecoveryAccounts {
  const stores: readonly string[] = recoverableStores[system];
  if (!stores.includes(store)) {
    throw new Error(
      `${JSON.stringify(store)} is none of ${system}'s stores, and so has no roles; they are ${stores.join(", ")}`,
    );
  }
  const name = store.startsWith(`${system}-`) ? store : `${system}-${store}`;
  return { backup: `${name}-backup`, restoreCheck: `${name}-restore-check` };
}
