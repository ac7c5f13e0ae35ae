import { isRecord } from "../../model/facts/read";

/** Where a field lies in a specification; indexes of lists are numbers in words. */
export type Path = readonly string[];

/** The same value, which tells every path that is read of it, whether there is something or not. */
export function recorded<Value extends object>(
  value: Value,
  tell: (path: Path) => void,
  path: Path = [],
): Value {
  return new Proxy(value, {
    get(target, key): unknown {
      const found: unknown = Reflect.get(target, key);
      if (typeof key !== "string" || typeof found === "function" || key === "length") {
        return found;
      }
      tell([...path, key]);
      return typeof found === "object" && found !== null ? recorded(found, tell, [...path, key]) : found;
    },
  });
}

/** What stands at a path. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, key) => {
    if (Array.isArray(found)) return found[Number(key)];
    return isRecord(found) ? found[key] : undefined;
  }, value);
}

/** A copy with another value at a path; undefined takes away what is there. */
export function changed(
  value: Readonly<Record<string, unknown>>,
  [key = "", ...rest]: Path,
  by: unknown,
): Readonly<Record<string, unknown>> {
  const { [key]: before, ...others } = value;
  const after = rest.length === 0 ? by : changedIn(before, rest, by);
  return after === undefined ? others : { ...others, [key]: after };
}

function changedIn(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path;
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => {
      if (String(index) !== key) return one;
      return rest.length === 0 ? by : changedIn(one, rest, by);
    });
  }
  return changed(isRecord(value) ? value : {}, path, by);
}
