/**
 * Says of a workload what people bring, and what its pods are not Ready without: a model, most of all. An `up` does not wait for
 * it, since on the first day it is not there yet; the smoke test names it.
 */
export const waitsForAnnotation = "ai-platform/waits-for";
