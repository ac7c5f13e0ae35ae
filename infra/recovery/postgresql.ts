import type { PostgreSql } from "../data/postgresql";
import type { BucketAccess } from "./bucket-access";
import { postgresqlJobs } from "./postgresql-jobs";
import { type RecoverableStore, storageTimes } from "./recoverable-store";

/** What a database's backup is, besides its archive. */
export interface PostgreSqlRecovery {
  /** Whether a dump is made as a second copy, as 000 has it. @default false */
  readonly dump?: boolean;
}

/**
 * A PostgreSQL whose archive the operator keeps: every day its tables are counted at one position of the log. The check
 * restores the archive to that very position, with the archive's own base backup and log, and counts again; so it does
 * with the dump, where there is one. (R1, R2)
 */
export function recoverablePostgresql(
  store: PostgreSql,
  { folder }: BucketAccess,
  { dump = false }: PostgreSqlRecovery = {},
): RecoverableStore {
  const { archive } = store;
  const { site, clusterName, database, timescale, sizes } = store.args;
  const { storage, memory } = sizes[site.environment];
  const { primary } = store.endpoints;
  return postgresqlJobs({
    name: clusterName,
    period: "daily",
    backup: {
      environment: {
        PGHOST: primary.host,
        PGPORT: String(primary.port),
        PGDATABASE: database,
        PGSSLMODE: "require",
        PGUSER: { secret: store.credentials, key: "username" },
        PGPASSWORD: { secret: store.credentials, key: "password" },
        DUMP: dump ? "yes" : "no",
      },
      calls: [primary],
      workspace: storageTimes(storage, 1),
    },
    check: {
      environment: {
        ...(archive !== undefined && { ARCHIVE: folder(archive) }),
        PGDATABASE: database,
        PRELOAD: timescale ? "timescaledb" : "",
      },
      resources: { cpu: "200m", memory, cpuLimit: "2" },
      // The archive and what is unpacked from it, and as much again for the dump.
      workspace: storageTimes(storage, dump ? 3 : 2),
    },
  });
}
