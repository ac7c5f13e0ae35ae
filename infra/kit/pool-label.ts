/**
 * Label of every node, on every cloud, with the name of its pool, so that workloads can select a pool on any
 * of them.
 */
export const poolLabel = "ai-platform/pool";
