import { formatPath, type PropertyPath } from "../property-path";
import { unknown, type Value } from "../standin";

export interface Change {
  readonly path: PropertyPath;
  readonly kind: "add" | "update" | "delete";
}

/** Where two values differ, as deep as both have a value; lists are compared item by item. */
export function changesBetween(
  before: Value | undefined,
  after: Value | undefined,
  path: PropertyPath = [],
): readonly Change[] {
  if (before === undefined || after === undefined) {
    if (before === after) {
      return [];
    }
    return [{ path, kind: before === undefined ? "add" : "delete" }];
  }
  if (before === after && before !== unknown) {
    return [];
  }
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const piece = (key: string): string | number => (Array.isArray(before) ? Number(key) : key);
    const old = new Map(Object.entries(before));
    const now = new Map(Object.entries(after));
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
      changesBetween(old.get(key), now.get(key), [...path, piece(key)]),
    );
  }
  return [{ path, kind: "update" }];
}

function isTree(value: Value): value is readonly Value[] | { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null;
}

export function describe(change: Change): string {
  return formatPath(change.path);
}
