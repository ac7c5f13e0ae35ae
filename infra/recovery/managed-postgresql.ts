import type { ManagedDatabase } from "../cluster/cluster";
import type { SecretReference } from "../secrets/secret-bundles";
import { postgresqlJobs } from "./postgresql-jobs";
import { type RecoverableStore, storageTimes } from "./recoverable-store";

/** Arguments of {@link recoverableManagedPostgresql}. */
export interface ManagedPostgreSqlRecovery {
  /** Names the jobs and the folder of the backups. */
  readonly name: string;
  readonly managed: ManagedDatabase;
  /** The Secret whose key `url` says how to connect. */
  readonly credentials: SecretReference;
  /** Its database. */
  readonly database: string;
  /** Room for a dump, for example `20Gi`. */
  readonly storage: string;
}

/**
 * A PostgreSQL that the cloud runs. The cloud's own backups are a day apart and go with its account: so there is a dump every hour
 * beside them, counted at the position at which it is made, and each week it is restored and counted again. (R1, R2, C12)
 */
export function recoverableManagedPostgresql({
  name,
  managed,
  credentials,
  database,
  storage,
}: ManagedPostgreSqlRecovery): RecoverableStore {
  return postgresqlJobs({
    name,
    period: "hourly",
    backup: {
      environment: {
        DATABASE_URL: { secret: credentials, key: "url" },
        PGDATABASE: database,
        DUMP: "yes",
      },
      managed,
      workspace: storageTimes(storage, 1),
    },
    check: {
      environment: { PGDATABASE: database, PRELOAD: "" },
      resources: { cpu: "200m", memory: "1Gi", cpuLimit: "2" },
      // The dump, and what is restored from it.
      workspace: storageTimes(storage, 3),
    },
  });
}
