import { Secret, unknown, type Value, type Values } from "../providers/standin";

/** True for a plain object: neither a list, nor a secret, nor one of the scalars. */
export function isObject(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value without the secrets' wrapping, at any depth. */
export function plain(value: Value): Value {
  if (value instanceof Secret) return plain(value.value);
  if (isList(value)) return value.map(plain);
  if (isObject(value)) return plainValues(value);
  return value;
}

export function plainValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plain(value)]));
}

/** The values without properties that are null, at the top level: a null input is an input that was not given. */
export function withoutNulls(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}

/**
 * Every value that a dotted path reaches; lists on the way, and at its end, are walked through.
 * `leaves(inputs, "vpcConfig.subnetIds")` gives the single subnet ids.
 */
export function leaves(value: Value | undefined, path: string): readonly Value[] {
  if (isList(value)) return value.flatMap((item) => leaves(item, path));
  if (value === undefined || value === null) return [];
  if (path === "") return [value];
  if (!isObject(value)) return [];
  const [head = "", ...rest] = path.split(".");
  return leaves(value[head], rest.join("."));
}

/** The known strings at a path. */
export function texts(values: Values, path: string): readonly string[] {
  return leaves(values, path).filter((value) => typeof value === "string");
}

/** The known string at a path, if there is one. */
export function text(values: Values, path: string): string | undefined {
  return texts(values, path)[0];
}

/** The known number at a path, if there is one. */
export function number(values: Values, path: string): number | undefined {
  return leaves(values, path).find((value) => typeof value === "number");
}

/** The known boolean at a path, if there is one. */
export function flag(values: Values, path: string): boolean | undefined {
  return leaves(values, path).find((value) => typeof value === "boolean");
}

/** The objects of a list (or the one object) at a path. */
export function objects(values: Values, path: string): readonly Values[] {
  return leaves(values, path).filter(isObject);
}

/** A map of strings at a top-level property; entries that are not known strings are left out. */
export function textMap(values: Values, property: string): Readonly<Record<string, string>> {
  const map = values[property];
  if (!isObject(map)) return {};
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** True when nothing at any depth is unknown. */
export function isKnown(value: Value): boolean {
  if (value === unknown) return false;
  if (value instanceof Secret) return isKnown(value.value);
  if (isList(value)) return value.every(isKnown);
  if (isObject(value)) return Object.values(value).every(isKnown);
  return true;
}

/** A copy in which the value at a dotted path of objects is set; lists on the way are entered item by item. */
export function withValue(values: Values, path: string, value: Value): Values {
  const [head = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...values, [head]: value };
  const inner = values[head];
  if (isList(inner)) {
    const items = inner.map((item) => (isObject(item) ? withValue(item, rest.join("."), value) : item));
    return { ...values, [head]: items };
  }
  return { ...values, [head]: withValue(isObject(inner) ? inner : {}, rest.join("."), value) };
}
