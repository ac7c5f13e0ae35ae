import type { ModelObject } from "./model";
import type { Plan, PlannedResource } from "./plan";

/**
 * The order in which the engine creates a plan's resources. A resource waits for what it depends on, for its
 * component and for that component's dependencies; a component exists once it is registered, before its
 * children. Deletion is in the opposite order.
 */
export class Dependencies {
  readonly #byUrn: ReadonlyMap<string, PlannedResource<unknown>>;
  readonly #byName = new Map<string, PlannedResource<unknown>[]>();
  readonly #before = new Map<string, ReadonlySet<string>>();

  constructor(plan: Plan) {
    this.#byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
    for (const resource of plan.resources) {
      const named = this.#byName.get(resource.name);
      if (named) named.push(resource);
      else this.#byName.set(resource.name, [resource]);
    }
  }

  /** The resource with a URN; undefined when the plan has none. */
  find(urn: string): PlannedResource<unknown> | undefined {
    return this.#byUrn.get(urn);
  }

  /** The resources with a logical name that are not components. */
  named(name: string): readonly PlannedResource<unknown>[] {
    return (this.#byName.get(name) ?? []).filter(({ type }) => !type.startsWith("ai-platform:"));
  }

  /**
   * The resource that creates an object: the object's own, its chart's release or its custom resource;
   * undefined for live clusters.
   */
  makerOf({ origin, kind }: Pick<ModelObject, "origin" | "kind">): PlannedResource<unknown> | undefined {
    if (origin.by === "cluster") {
      return undefined;
    }
    const candidates = this.named(origin.resource);
    return origin.by === "program"
      ? candidates.find(({ type }) => type.endsWith(`:${kind}`))
      : candidates.find(({ type }) => type.startsWith("kubernetes:"));
  }

  /**
   * URNs of everything that is created before a resource; includes the resource itself when it waits for
   * itself.
   */
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

  /** True when the first is created before the second, and therefore deleted after it. */
  isBefore(first: string, second: string): boolean {
    return this.before(second).has(first);
  }

  #direct(urn: string): string[] {
    const resource = this.#byUrn.get(urn);
    return [...(resource?.dependsOn ?? []), ...(resource?.parent === undefined ? [] : [resource.parent])];
  }
}
