import { at, isObject, items, type Value } from "../value";

/** The statements of a policy document, given as JSON or as an object. */
export function statementsOf(policy: Value | undefined): readonly Value[] {
  const statement = at(typeof policy === "string" ? parse(policy) : policy, "Statement");
  return isObject(statement) ? [statement] : items(statement);
}

/** A statement as messages call it: by its Sid, or by its place. */
export function nameOf(statement: Value, index: number): string {
  const sid = at(statement, "Sid");
  return typeof sid === "string" ? `"${sid}"` : `number ${index + 1}`;
}

/** The values of an element that may hold one or a list. */
export function valuesOf(statement: Value, element: string): readonly Value[] {
  const value = at(statement, element);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function parse(json: string): Value {
  try {
    return JSON.parse(json);
  } catch {
    // AWS refuses a policy that is no JSON, with a better message than a guess at what it was to grant.
    return null;
  }
}
