import { isObject, unknown, type Value } from "./value";

/** A property, however deep it lies. */
export interface Property {
  /** `networkConfiguration.assignPublicIp`, `rules[0].cidr`. */
  readonly path: string;
  /** The last name on the path; for the items of a list, the list's. */
  readonly key: string;
  /** Never a list or an object's absence: `null` is left out. */
  readonly value: Value;
}

const known = new WeakMap<object, readonly Property[]>();

/** Every property of a resource, outer ones first; what is not set is left out. */
export function everywhere(properties: Value): readonly Property[] {
  if (!isObject(properties)) return [];
  const before = known.get(properties);
  if (before) return before;
  const found: Property[] = [];
  collect(properties, "", "", found);
  known.set(properties, found);
  return found;
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
