/**
 * Node pools that carry this tag are resources of their own. The cluster then leaves them alone; without it, an update of
 * the cluster would take them for pools that nobody declared, and delete them.
 */
export const ownResourceTag = "pool-of-its-own";
