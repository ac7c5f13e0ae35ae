/**
 * PostgreSQL versions of Linode's managed databases that PostgreSQL's own project still supports, oldest first.
 * Sources: Linode's engines list (`GET /v4/databases/engines`) and postgresql.org/support/versioning, read 2026-11.
 *
 * TimescaleDB: the only list of Linode's that names the extension is of its former service (PostgreSQL 11 to 13, out of
 * service; techdocs and linode/docs, 2023-04). The present service has no setting for it, and gives no superuser.
 */
export const postgresqlVersions = ["15", "16", "17"] as const;
