import { isObject, unknown, type Value } from "./value";

/** A property at any depth. */
export interface Property {
  /** `networkConfiguration.assignPublicIp`, `rules[0].cidr`. */
  readonly path: string;
  /** The last name in the path; for items of a list, the name of the list. */
  readonly key: string;
  /** Never `null`: unset properties are left out. */
  readonly value: Value;
}

const known = new WeakMap<object, readonly Property[]>();

/** Every property of a resource, outer ones first, without unset ones. */
export function everywhere(properties: Value): readonly Property[] {
  if (!isObject(properties)) return [];
  const before = known.get(properties);
  if (before) return before;
  const found: Property[] = [];
  collect(properties, "", "", found);
  known.set(properties, found);
  return found;
}

/** Every property of a resource, and of the JSON in those of its texts that mention something. */
export function everywhereAndInJson(properties: Value, mention: RegExp): readonly Property[] {
  const all = everywhere(properties);
  const isJson = ({ value }: Property): boolean =>
    typeof value === "string" && /^\s*[{[]/.test(value) && mention.test(value);
  // Most resources have no JSON: theirs need no list of their own.
  if (!all.some(isJson)) return all;
  return all.flatMap((property) => {
    if (!isJson(property)) return [property];
    const found: Property[] = [];
    collect(parsed(String(property.value)), property.path, property.key, found);
    return [property, ...found];
  });
}

/** Null when it is not JSON: then it is a text like any other. */
function parsed(text: string): Value {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function collect(value: Value, path: string, key: string, found: Property[]): void {
  if (path !== "" && value !== null) found.push({ path, key, value });
  if (value === unknown) return;
  if (Array.isArray(value)) {
    const list: readonly Value[] = value;
    for (const [index, item] of list.entries()) collect(item, `${path}[${index}]`, key, found);
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      collect(item, path === "" ? name : `${path}.${name}`, name, found);
    }
  }
}
