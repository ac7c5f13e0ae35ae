import type { ModelObject } from "./model";
import type { Plan, PlannedResource } from "./plan";

/**
 * In which order the engine makes a plan's resources. One waits for what it depends on, for its component and for what that
 * depends on; a component is there once it is registered, whatever is part of it. On the way down the order is the opposite.
 */
export class Dependencies {
  readonly #byUrn: ReadonlyMap<string, PlannedResource<unknown>>;
  readonly #byName = new Map<string, PlannedResource<unknown>[]>();
  readonly #before = new Map<string, ReadonlySet<string>>();

  constructor(plan: Plan) {
    this.#byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
    for (const resource of plan.resources) {
      this.#byName.set(resource.name, [...(this.#byName.get(resource.name) ?? []), resource]);
    }
  }

  /** The resource of a URN; undefined where the plan has none. */
  find(urn: string): PlannedResource<unknown> | undefined {
    return this.#byUrn.get(urn);
  }

  /** The resources of a logical name that are no components. */
  named(name: string): readonly PlannedResource<unknown>[] {
    return (this.#byName.get(name) ?? []).filter(({ type }) => !type.startsWith("ai-platform:"));
  }

  /** The resource with which an object comes: its own, its chart's release or its custom resource; undefined for live clusters. */
  makerOf({ origin, kind }: Pick<ModelObject, "origin" | "kind">): PlannedResource<unknown> | undefined {
    if (origin.by === "cluster") {
      return undefined;
    }
    const candidates = this.named(origin.resource);
    return origin.by === "program"
      ? candidates.find(({ type }) => type.endsWith(`:${kind}`))
      : candidates.find(({ type }) => type.startsWith("kubernetes:"));
  }

  /** Everything that is made before a resource, as URNs; itself where it waits for itself. */
  before(urn: string): ReadonlySet<string> {
    const known = this.#before.get(urn);
    if (known !== undefined) {
      return known;
    }
    const found = new Set<string>();
    const left = this.#direct(urn);
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (!found.has(next)) {
        found.add(next);
        left.push(...this.#direct(next));
      }
    }
    this.#before.set(urn, found);
    return found;
  }

  /** True when the first is made before the second, and so goes after it. */
  isBefore(first: string, second: string): boolean {
    return this.before(second).has(first);
  }

  #direct(urn: string): string[] {
    const resource = this.#byUrn.get(urn);
    return [...(resource?.dependsOn ?? []), ...(resource?.parent === undefined ? [] : [resource.parent])];
  }
}
