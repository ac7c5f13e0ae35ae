import type { Resource } from "./resource";

/**
 * Every resource of a stack, with indexes that are built for the first policy that asks and reused for the
 * others.
 */
export class Stack {
  readonly resources: readonly Resource[];
  readonly #derived = new Map<unknown, unknown>();

  constructor(resources: readonly Resource[]) {
    this.resources = resources;
  }

  /** The resources of some types. */
  ofType(...types: readonly string[]): readonly Resource[] {
    const byType = this.derive(groupByType);
    return types.flatMap((type) => byType.get(type) ?? []);
  }

  /** The types that occur in the stack. */
  types(): Iterable<string> {
    return this.derive(groupByType).keys();
  }

  /** The result of a function of the stack, computed once for all policies. */
  derive<Result>(make: (stack: Stack) => Result): Result {
    const known = this.#derived.get(make);
    if (isDerived<Result>(known)) return known.result;
    const result = make(this);
    this.#derived.set(make, new Derived(result));
    return result;
  }
}

class Derived<Result> {
  constructor(readonly result: Result) {}
}

/** Cached under the function, so its type is that function's result. */
function isDerived<Result>(value: unknown): value is Derived<Result> {
  return value instanceof Derived;
}

function groupByType(stack: Stack): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of stack.resources) {
    const group = groups.get(resource.type);
    if (group) group.push(resource);
    else groups.set(resource.type, [resource]);
  }
  return groups;
}
