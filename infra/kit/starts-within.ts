/**
 * Says of a workload's pods how long they may take until they are started, as `1800s`: a model is fetched and loaded. The proofs hold the
 * startup probe to it.
 */
export const startsWithin = "ai-platform/starts-within";
