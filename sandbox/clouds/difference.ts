import type { PropertyDifference, Value, Values } from "../providers/standin";
import { isList, isObject, plain } from "./values";

type Change = Omit<PropertyDifference, "replace">;

/** Where two sets of values differ, by leaf, with paths as Pulumi writes them. */
export function differences(before: Values, after: Values): readonly Change[] {
  return compareObjects(before, after, "");
}

/** `tags["a.b"]` and `rules[0].port` without quotes and indexes: `tags.a.b`, `rules.port`. */
export function plainPath(path: string): string {
  return path
    .replace(/\[\d+\]/g, "")
    .replace(/\["([^"]*)"\]/g, ".$1")
    .replace(/^\./, "");
}

/** True when the path is one of the prefixes or lies below one. */
export function isBelow(path: string, prefixes: readonly string[]): boolean {
  const wanted = plainPath(path);
  return prefixes.some((prefix) => {
    const start = plainPath(prefix);
    return wanted === start || wanted.startsWith(`${start}.`);
  });
}

function compareObjects(before: Values, after: Values, path: string): readonly Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => compare(before[key], after[key], member(path, key)));
}

function compare(before: Value | undefined, after: Value | undefined, path: string): readonly Change[] {
  const old = before === undefined ? null : plain(before);
  const wanted = after === undefined ? null : plain(after);
  if (old === wanted) return [];
  if (isObject(old) && isObject(wanted)) return compareObjects(old, wanted, path);
  if (isList(old) && isList(wanted)) {
    const length = Math.max(old.length, wanted.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      compare(old[index], wanted[index], `${path}[${index}]`),
    );
  }
  if (old === null) return [{ path, kind: "add" }];
  if (wanted === null) return [{ path, kind: "delete" }];
  return [{ path, kind: "update" }];
}

function member(path: string, key: string): string {
  const name = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : `["${key}"]`;
  return path === "" || name.startsWith("[") ? `${path}${name}` : `${path}.${name}`;
}
