import type { Steps } from "./value-paths";

/** The ends of a tree of values, and the steps to each: lists and empty objects count as ends. */
export function leaves(value: unknown, steps: Steps = []): readonly (readonly [Steps, unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[steps, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[steps, value]];
  return entries.flatMap(([key, inner]) => leaves(inner, [...steps, key]));
}
