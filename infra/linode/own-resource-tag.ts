/**
 * Node pools with this tag are resources of their own. The cluster then leaves them alone; without it, an
 * update of the cluster would treat them as undeclared pools and delete them.
 */
export const ownResourceTag = "pool-of-its-own";
