import { snapshot, type Value } from "./value";

/**
 * Plain data of the properties that the SDK passes. Every policy gets its own proxy around them; unchanged
 * properties are read once for all policies.
 */
export class Snapshots {
  readonly #taken = new Map<string, Taken>();

  /** @param urn of the resource, or the provider, that has the properties */
  of(urn: string, properties: object): Value {
    const known = byProxy.get(properties);
    if (known !== undefined) return known;
    const value = this.#take(urn, withoutProxy(properties));
    // A single text for everything unknown is not an object.
    if (properties instanceof Object) byProxy.set(properties, value);
    return value;
  }

  #take(urn: string, given: Properties): Value {
    const before = this.#taken.get(urn);
    if (before && isSame(before.given, given)) return before.value;
    const value = snapshot(given);
    this.#taken.set(urn, { given, value });
    return value;
  }
}

/** Kept resources are asked for again, and a proxy always shows the same. */
const byProxy = new WeakMap<object, Value>();

interface Taken {
  readonly given: Properties;
  readonly value: Value;
}

type Properties = Readonly<Record<string, unknown>>;

/**
 * A copy of properties without the SDK's proxy, which throws at unknown values and unwraps secrets. A proxy
 * that only watches reads shows descriptors unchanged; no name that a resource may use is read.
 */
export function withoutProxy(properties: object): Properties {
  return Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(properties)).map(([name, descriptor]) => [
      name,
      descriptor.value,
    ]),
  );
}

function isSame(left: Properties, right: Properties): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && left[name] === right[name])
  );
}
