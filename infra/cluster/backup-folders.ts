/**
 * Folders of the bucket of backups, by who writes there: on AWS a role may add to its own, and to no other. (C6, R1)
 */

/** What a namespace's backup jobs write. */
export function recoveryFolder(namespace: string): string {
  return `recovery/${namespace}`;
}

/** The models: beside the backups' manifests there is a folder of copies, which grows. */
export const modelCopies = { store: "models", folder: "model-copies" } as const;

/** The folders of a store's backups. */
export function recoveryFolders(namespace: string, store: string): readonly string[] {
  const own = [store, ...(store === modelCopies.store ? [modelCopies.folder] : [])];
  return own.map((folder) => `${recoveryFolder(namespace)}/${folder}`);
}

/** The archives of a namespace's PostgreSQL clusters, a folder below it for each. */
export function archiveFolder(namespace: string): string {
  return `postgresql/${namespace}`;
}
