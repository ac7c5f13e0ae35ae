import { type PostgreSql, postgresqlSoftware } from "../data/postgresql";
import type { BucketAccess } from "./bucket-access";
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
  const { image, user } = postgresqlSoftware;
  return {
    name: clusterName,
    kind: "postgresql",
    period: "daily",
    backup: {
      image,
      user,
      script: "postgresql-backup.sh",
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
      resources: { cpu: "100m", memory: "512Mi", cpuLimit: "1" },
      workspace: storageTimes(storage, 1),
    },
    check: {
      image,
      user,
      script: "postgresql-check.sh",
      environment: {
        ...(archive !== undefined && { ARCHIVE: folder(archive) }),
        PGDATABASE: database,
        PRELOAD: timescale ? "timescaledb" : "",
      },
      resources: { cpu: "200m", memory, cpuLimit: "2" },
      // The archive and what is unpacked from it, and as much again for the dump.
      workspace: storageTimes(storage, dump ? 3 : 2),
    },
  };
}
