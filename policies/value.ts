import { Secret, UnknownValueError, unknownCheckingProxy } from "@pulumi/policy";

/** Stands where a preview cannot know the value yet. */
export const unknown: unique symbol = Symbol("unknown");

/** A property of a resource, as plain data. */
export type Value = null | boolean | number | string | typeof unknown | readonly Value[] | Values;

export interface Values {
  readonly [key: string]: Value;
}

/** Whether a statement holds: `unknown` when it depends on something that a preview cannot know yet. */
export type Certainty = "yes" | "no" | "unknown";

/** All of them hold; an empty list does. */
export function all(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes("no")) return "no";
  return certainties.includes("unknown") ? "unknown" : "yes";
}

/** At least one of them holds; in an empty list none does. */
export function any(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes("yes")) return "yes";
  return certainties.includes("unknown") ? "unknown" : "no";
}

export function not(certainty: Certainty): Certainty {
  if (certainty === "unknown") return "unknown";
  return certainty === "yes" ? "no" : "yes";
}

/** Whether two values are the same; `unknown` when either is. */
export function equal(left: Value | undefined, right: Value | undefined): Certainty {
  if (left === unknown || right === unknown) return "unknown";
  return left === right ? "yes" : "no";
}

/**
 * The value at a path. Undefined when it is not set (null counts as not set, as it does for Kubernetes and the
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

/** The items of a list; none when it is not set or not known. */
export function items(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** The entries of an object; none when it is not set or not known. */
export function entries(value: Value | undefined): readonly (readonly [string, Value])[] {
  return isObject(value) ? Object.entries(value) : [];
}

/**
 * Plain data from what the policy SDK reads from the wire. Its proxies throw at the first unknown value that is touched, which
 * would end the whole policy and hide violations that are certain; here it becomes `unknown`.
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

/** What stands for unknown values is a handful of UUIDs, which the SDK keeps to itself. */
function mayBeUnknown(text: string): boolean {
  return text.length === 36 && text[8] === "-";
}

/** Whether the SDK takes a text for an unknown value, by the text: it says so by an exception, and the same few texts come often. */
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
