/** Label of every node on every cloud that names its pool, so that workloads can ask for a pool whichever cloud they run on. */
export const poolLabel = "ai-platform/pool";
