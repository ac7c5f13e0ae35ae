/**
 * Folders of the bucket of backups, by who writes there: on AWS a role may add to its own, and to no other. (C6, R1)
 */

/** What a namespace's backup jobs write. */
export function recoveryFolder(namespace: string): string {
  return `recovery/${namespace}`;
}

/** The archives of a namespace's PostgreSQL clusters, a folder below it for each. */
export function archiveFolder(namespace: string): string {
  return `postgresql/${namespace}`;
}
