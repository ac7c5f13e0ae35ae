import { Secret, UnknownValueError, unknownCheckingProxy } from "@pulumi/policy";

/** Stands for a value that a preview cannot know yet. */
export const unknown: unique symbol = Symbol("unknown");

/** A property of a resource, as plain data. */
export type Value = null | boolean | number | string | typeof unknown | readonly Value[] | Values;

export interface Values {
  readonly [key: string]: Value;
}

/** Whether a statement holds: `unknown` when it depends on a value that a preview cannot know yet. */
export type Certainty = "yes" | "no" | "unknown";

/** Whether all hold; true for an empty list. */
export function all(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes("no")) return "no";
  return certainties.includes("unknown") ? "unknown" : "yes";
}

/** Whether at least one holds; false for an empty list. */
export function any(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes("yes")) return "yes";
  return certainties.includes("unknown") ? "unknown" : "no";
}

export function not(certainty: Certainty): Certainty {
  if (certainty === "unknown") return "unknown";
  return certainty === "yes" ? "no" : "yes";
}

/** Whether two values are equal; `unknown` when either is. */
export function equal(left: Value | undefined, right: Value | undefined): Certainty {
  if (left === unknown || right === unknown) return "unknown";
  return left === right ? "yes" : "no";
}

/**
 * The value at a path. Undefined when it is not set (null counts as not set, as in Kubernetes and the
 * providers), `unknown` when it or anything above it is.
 */
export function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  let current = value;
  for (const key of path) {
    if (current === unknown) return unknown;
    current = isObject(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current ?? undefined;
}

export function isObject(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The items of a list; none when it is not set or unknown. */
export function items(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** The entries of an object; none when it is not set or unknown. */
export function entries(value: Value | undefined): readonly (readonly [string, Value])[] {
  return isObject(value) ? Object.entries(value) : [];
}

/**
 * Plain data of what the policy SDK reads. Its proxies throw at the first unknown value, which would end the
 * policy and hide certain violations; here such values become `unknown`.
 */
export function snapshot(source: unknown): Value {
  if (typeof source === "string") return mayBeUnknown(source) && isUnknown(source) ? unknown : source;
  if (source === null || typeof source === "boolean" || typeof source === "number") return source;
  if (Array.isArray(source)) return source.map(snapshot);
  if (source instanceof Secret) return snapshot(source.value);
  if (typeof source !== "object") return null;
  const copy: Record<string, Value> = {};
  for (const key of Object.keys(source)) copy[key] = snapshot(Reflect.get(source, key));
  return copy;
}

/** Unknown values are represented by a few UUIDs, which the SDK does not export. */
function mayBeUnknown(text: string): boolean {
  return text.length === 36 && text[8] === "-";
}

/**
 * Whether the SDK considers a text an unknown value, cached by the text: the SDK tells only by an exception,
 * and the same few texts recur.
 */
const answers = new Map<string, boolean>();

function isUnknown(text: string): boolean {
  const known = answers.get(text);
  if (known !== undefined) return known;
  const answer = isRefused(text);
  answers.set(text, answer);
  return answer;
}

function isRefused(text: string): boolean {
  try {
    return unknownCheckingProxy({ text }).text !== text;
  } catch (error) {
    if (error instanceof UnknownValueError) return true;
    throw error;
  }
}
