import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { all, at, type Certainty, equal, unknown, type Value } from "../value";

/** `apps/Deployment` for `kubernetes:apps/v1:Deployment`, whatever the version; undefined for anything else. */
export function kindOf(type: string): string | undefined {
  if (kinds.has(type)) return kinds.get(type);
  const [, group, name] = /^kubernetes:([^/:]+)\/[^/:]+:([^/:]+)$/.exec(type) ?? [];
  const kind = group && name && `${group}/${name}`;
  kinds.set(type, kind);
  return kind;
}

/** Whether a kind only changes an object that something else declares, as Pulumi's `DeploymentPatch` does. */
export function isPatch(kind: string): boolean {
  return kind.endsWith("Patch");
}

/** The kind of the object that a resource declares or patches. */
export function patchedKindOf(type: string): string | undefined {
  const kind = kindOf(type);
  return kind !== undefined && isPatch(kind) ? kind.slice(0, -"Patch".length) : kind;
}

/** A stack has few types, and is asked for them all the time. */
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

/** The object's name; `unknown` when the provider is to make one up. */
export function nameOf(resource: Resource): Value {
  return at(resource.properties, "metadata", "name") ?? unknown;
}

/** Which namespaces objects live in, and whether that is the same one. */
export class Namespaces {
  readonly #byUrn: ReadonlyMap<string, Resource>;
  readonly #known = new WeakMap<Resource, Value>();

  constructor(stack: Stack) {
    this.#byUrn = new Map(ofKind(stack, "core/Namespace").map((namespace) => [namespace.urn, namespace]));
  }

  static in(stack: Stack): Namespaces {
    return stack.derive(namespacesOf);
  }

  /** The name of the namespace that the object is in, for a Namespace its own. */
  of(resource: Resource): Value {
    const known = this.#known.get(resource);
    if (known !== undefined) return known;
    const namespace = this.#read(resource);
    this.#known.set(resource, namespace);
    return namespace;
  }

  /** What belongs to objects, by the namespace that these are in; what is not certain to be in the same is apart. */
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
    // A Helm release has its namespace at the top.
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

  /** While a cluster is only planned `namespace.metadata.name` is not known, but which namespace is meant is. */
  #fromDependencies(resource: Resource): Value {
    const namespaces = (resource.dependencies.metadata ?? []).flatMap((urn) => this.#byUrn.get(urn) ?? []);
    const [only] = namespaces;
    return only && namespaces.length === 1 ? nameOf(only) : unknown;
  }
}

function namespacesOf(stack: Stack): Namespaces {
  return new Namespaces(stack);
}

/** Whether two objects are in the same cluster: the same provider, or two that name the same cluster. */
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
