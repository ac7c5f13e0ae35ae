import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { all, at, type Certainty, equal, unknown, type Value } from "../value";

/** `apps/Deployment` for `kubernetes:apps/v1:Deployment`, for any version; undefined for other types. */
export function kindOf(type: string): string | undefined {
  if (kinds.has(type)) return kinds.get(type);
  const [, group, name] = /^kubernetes:([^/:]+)\/[^/:]+:([^/:]+)$/.exec(type) ?? [];
  const kind = group && name && `${group}/${name}`;
  kinds.set(type, kind);
  return kind;
}

/** Whether a kind changes an object that is declared elsewhere, like Pulumi's `DeploymentPatch`. */
export function isPatch(kind: string): boolean {
  return kind.endsWith("Patch");
}

/** The kind of the object that a resource declares or patches. */
export function patchedKindOf(type: string): string | undefined {
  const kind = kindOf(type);
  return kind !== undefined && isPatch(kind) ? kind.slice(0, -"Patch".length) : kind;
}

/** Cached: a stack has few types, and this is called for each resource. */
const kinds = new Map<string, string | undefined>();

/** The objects of some kinds, of every version. */
export function ofKind(stack: Stack, ...kinds: readonly string[]): readonly Resource[] {
  const byKind = stack.derive(groupByKind);
  return kinds.flatMap((kind) => byKind.get(kind) ?? []);
}

function groupByKind(stack: Stack): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const type of stack.types()) {
    const kind = kindOf(type);
    if (kind !== undefined) groups.set(kind, [...(groups.get(kind) ?? []), ...stack.ofType(type)]);
  }
  return groups;
}

/** The object's name; `unknown` when the provider generates one. */
export function nameOf(resource: Resource): Value {
  return at(resource.properties, "metadata", "name") ?? unknown;
}

/** The namespaces of objects, and whether two are the same. */
export class Namespaces {
  readonly #byUrn: ReadonlyMap<string, Resource>;
  readonly #known = new WeakMap<Resource, Value>();

  constructor(stack: Stack) {
    this.#byUrn = new Map(ofKind(stack, "core/Namespace").map((namespace) => [namespace.urn, namespace]));
  }

  static in(stack: Stack): Namespaces {
    return stack.derive(namespacesOf);
  }

  /** The namespace of the object; for a Namespace its own name. */
  of(resource: Resource): Value {
    const known = this.#known.get(resource);
    if (known !== undefined) return known;
    const namespace = this.#read(resource);
    this.#known.set(resource, namespace);
    return namespace;
  }

  /**
   * Groups items by the namespace of their object; items that are not certainly in the same namespace are
   * apart.
   */
  groups<Item>(all: readonly Item[], objectOf: (item: Item) => Resource): readonly (readonly Item[])[] {
    const groups: Item[][] = [];
    for (const item of all) {
      const group = groups.find(
        ([first]) => first !== undefined && this.same(objectOf(first), objectOf(item)) === "yes",
      );
      if (group) group.push(item);
      else groups.push([item]);
    }
    return groups;
  }

  #read(resource: Resource): Value {
    if (kindOf(resource.type) === "core/Namespace") return nameOf(resource);
    // A Helm release has its namespace at the top level.
    const declared =
      at(resource.properties, "metadata", "namespace") ??
      (kindOf(resource.type)?.startsWith("helm.sh/") ? at(resource.properties, "namespace") : undefined);
    if (declared === unknown) return this.#fromDependencies(resource);
    return declared ?? at(resource.provider?.properties, "namespace") ?? "default";
  }

  /** Whether both are in the same namespace of the same cluster. */
  same(left: Resource, right: Resource): Certainty {
    const namespace = equal(this.of(left), this.of(right));
    return namespace === "no" ? "no" : all([namespace, sameCluster(left, right)]);
  }

  /**
   * While a cluster is only planned `namespace.metadata.name` is unknown, but the dependencies say which
   * namespace it is.
   */
  #fromDependencies(resource: Resource): Value {
    const namespaces = (resource.dependencies.metadata ?? []).flatMap((urn) => this.#byUrn.get(urn) ?? []);
    const [only] = namespaces;
    return only && namespaces.length === 1 ? nameOf(only) : unknown;
  }
}

function namespacesOf(stack: Stack): Namespaces {
  return new Namespaces(stack);
}

/**
 * Whether two objects are in the same cluster: they have the same provider, or two that name the same
 * cluster.
 */
export function sameCluster(left: Resource, right: Resource): Certainty {
  if (left.provider?.urn === right.provider?.urn) return "yes";
  return equal(clusterOf(left), clusterOf(right));
}

function clusterOf(resource: Resource): Value {
  const configuration = resource.provider?.properties;
  return (
    at(configuration, "clusterIdentifier") ?? at(configuration, "kubeconfig") ?? resource.provider?.urn ?? ""
  );
}
