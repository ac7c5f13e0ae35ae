import { isObject, items, type Value, type Values } from "../value";
import type { Sample } from "./cases";

/** One way to break resources: what is done to each of those that it concerns. */
export interface Fault {
  readonly name: string;
  /** What is left in the place of a resource: others, or nothing; undefined where the fault does not apply. */
  break(sample: Sample): readonly Sample[] | undefined;
}

/** What becomes of a value; undefined where the fault does not apply. */
type Change = (before: Value | undefined) => Value | undefined;

/** Sets a property of resources of some types; `[]` in the path stands for each item of a list, one at a time. */
export function set(types: RegExp, path: string, value: Value | Change): Fault {
  return {
    name: `${types.source} ${path} = ${typeof value === "function" ? "…" : JSON.stringify(value)}`,
    break(sample) {
      if (!types.test(sample.type)) return undefined;
      const properties = changed(sample.properties, steps(path), (before) =>
        typeof value === "function" ? value(before) : value,
      );
      return properties === undefined ? undefined : [{ ...sample, properties }];
    },
  };
}

/** Takes a property away. */
export function without(types: RegExp, path: string): Fault {
  return { ...set(types, path, null), name: `${types.source} without ${path}` };
}

/** Takes the resources themselves away. */
export function gone(types: RegExp, names = /./): Fault {
  return {
    name: `no ${types.source} ${names.source}`,
    break: ({ type, name = "" }) => (types.test(type) && names.test(name) ? [] : undefined),
  };
}

/** Puts a resource of another kind beside, for what a stack has none of. */
export function beside(types: RegExp, type: string, properties: Values): Fault {
  return {
    name: `${type} with ${JSON.stringify(properties)}`,
    break: (sample) =>
      types.test(sample.type) ? [sample, { ...sample, type, properties, protect: true }] : undefined,
  };
}

/** One fault in several places, each for other types. */
export function either(...faults: readonly Fault[]): Fault {
  return {
    name: faults.map(({ name }) => name).join(" or "),
    break: (sample) => faults.map((fault) => fault.break(sample)).find((instead) => instead !== undefined),
  };
}

/** Narrows a fault to resources of some logical names. */
export function only(names: RegExp, fault: Fault): Fault {
  return {
    name: `${fault.name} of ${names.source}`,
    break: (sample) => (names.test(sample.name ?? "") ? fault.break(sample) : undefined),
  };
}

function steps(path: string): readonly string[] {
  // Keys of labels and resources have dots before their slash.
  return path
    .split(/\.(?![^.]*\/)/)
    .flatMap((part) => (part.endsWith("[]") ? [part.slice(0, -2), "[]"] : [part]));
}

/** The properties with one value changed; undefined when the path leads nowhere. */
function changed(
  value: Value | undefined,
  [step, ...rest]: readonly string[],
  make: Change,
): Value | undefined {
  if (step === undefined) return make(value);
  if (step === "[]") {
    const list = items(value);
    for (const [index, item] of list.entries()) {
      const after = changed(item, rest, make);
      if (after !== undefined) return list.with(index, after);
    }
    return undefined;
  }
  if (!isObject(value) && value !== undefined && value !== null) return undefined;
  const before: Values = isObject(value) ? value : {};
  // Only the end of a path, and what belongs to it alone, may be new.
  if (rest.includes("[]") && before[step] === undefined) return undefined;
  const after = changed(before[step], rest, make);
  return after === undefined ? undefined : { ...before, [step]: after };
}
