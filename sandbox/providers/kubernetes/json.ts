import { Secret, unknown, type Value, type Values } from "../standin";

/** What the Kubernetes API speaks. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for an object of properties: no list, no secret, nothing unknown. */
export function isValues(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value below `value` at a path of keys; undefined as soon as one is missing. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((found, piece) => {
    if (isList(found)) {
      return typeof piece === "number" ? found[piece] : undefined;
    }
    return isObject(found) ? found[String(piece)] : undefined;
  }, value);
}

export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

export function numberAt(value: Json | undefined, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

export function listAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}

export function objectAt(value: Json | undefined, ...path: readonly (string | number)[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** A copy of `value` with `replacement` at the path; without the path when `replacement` is undefined. */
export function withAt(value: Json, path: readonly (string | number)[], replacement: Json | undefined): Json {
  const [piece, ...rest] = path;
  if (piece === undefined) {
    return replacement ?? null;
  }
  if (isList(value) && typeof piece === "number") {
    const copy = [...value];
    if (rest.length === 0 && replacement === undefined) {
      copy.splice(piece, 1);
    } else {
      copy[piece] = withAt(value[piece] ?? {}, rest, replacement);
    }
    return copy;
  }
  const object = isObject(value) ? value : {};
  const key = String(piece);
  if (rest.length === 0 && replacement === undefined) {
    const { [key]: _removed, ...others } = object;
    return others;
  }
  if (replacement === undefined && !(key in object)) {
    return object;
  }
  return { ...object, [key]: withAt(object[key] ?? {}, rest, replacement) };
}

/** True when a value that is not known yet is somewhere inside. */
export function holdsUnknown(value: Value): boolean {
  if (value === unknown) {
    return true;
  }
  if (value instanceof Secret) {
    return holdsUnknown(value.value);
  }
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/** Drops what only Pulumi knows: secrets become their content. Fails on an unknown: ask `holdsUnknown` first. */
export function toJson(value: Value): Json {
  if (value === unknown) {
    throw new TypeError("an unknown value cannot be sent to a Kubernetes API");
  }
  if (value instanceof Secret) {
    return toJson(value.value);
  }
  if (isValueList(value)) {
    return value.map(toJson);
  }
  if (typeof value === "object" && value !== null) {
    return toJsonObject(value);
  }
  return value;
}

export function toJsonObject(values: Values): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, toJson(value)]));
}

function isValueList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
