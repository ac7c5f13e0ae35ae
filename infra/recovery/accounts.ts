/** Service accounts of a namespace's recovery jobs; on AWS their roles are made by these names. (R1, R2) */
export interface RecoveryAccounts {
  /** Of backups: it adds to the namespace's own folder. */
  readonly backup: string;
  /** Of restore checks: it only reads. */
  readonly restoreCheck: string;
}

/** The accounts of each system that has stores. */
export const recoveryAccounts = {
  atlas: { backup: "ai-backup", restoreCheck: "ai-restore-check" },
  "ai-middleware": { backup: "ai-middleware-backup", restoreCheck: "ai-middleware-restore-check" },
  aiaas: { backup: "aiaas-backup", restoreCheck: "aiaas-restore-check" },
} as const satisfies Readonly<Record<string, RecoveryAccounts>>;
