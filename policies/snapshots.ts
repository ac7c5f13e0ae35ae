import { snapshot, type Value } from "./value";

/**
 * Plain data of the properties that the SDK hands over. Every policy is handed a proxy of its own around them; where they are the
 * same as before, one walk serves all the policies.
 */
export class Snapshots {
  readonly #taken = new Map<string, Taken>();
  /** By the proxy: what is kept of a resource is asked for again. */
  readonly #of = new WeakMap<object, Value>();

  /** @param urn of the resource, or the provider, that has the properties */
  of(urn: string, properties: object): Value {
    const known = this.#of.get(properties);
    if (known !== undefined) return known;
    const value = this.#take(urn, withoutProxy(properties));
    // One text that stands for all that is not known is no object.
    if (properties instanceof Object) this.#of.set(properties, value);
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

interface Taken {
  readonly given: Properties;
  readonly value: Value;
}

type Properties = Readonly<Record<string, unknown>>;

/**
 * A copy of properties without the proxy that the SDK puts around them, which throws at unknown values and unwraps secrets. A proxy
 * that only watches how properties are read shows their descriptors as they are; no name that a resource may have as well is asked for.
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
