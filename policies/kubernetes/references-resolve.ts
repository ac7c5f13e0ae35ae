import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { StackPolicy, Violation } from "../policy";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { all, any, at, type Certainty, equal, isObject, unknown, type Value } from "../value";
import { type MadeObject, madeObjects } from "./made";
import { Namespaces, nameOf, ofKind, sameCluster } from "./objects";
import { anything, OutOfSight } from "./out-of-sight";
import { type Reference, referencesOf, referring } from "./references";

interface Configuration {
  readonly made: readonly MadeObject[];
  readonly outOfSight: readonly Exception[];
}

export const referencesResolve: StackPolicy<Configuration> = {
  id: "kubernetes-references-resolve",
  scope: "stack",
  what: "What an object refers to is there: ConfigMaps and Secrets with their keys, claims, accounts, roles, Services, classes, issuers and targets.",
  why: "A reference that is wrong by a letter is accepted in silence; the pod waits for ever, the autoscaler scales nothing, the Ingress answers 503.",
  severity: "high",
  standards: ["K5"],
  remediation:
    "Correct the name or the key, declare the object, or list it under made where a Helm release or an operator makes it, and in outOfSight where somebody else does.",
  configuration: {
    made: madeObjects,
    outOfSight: exceptions(
      "What else is made out of sight, as `<kind>/<name>` or `<kind>/*`; all that is neither here nor in `made` is then held to be the program's own. `*`: anything, so that references beside a Helm release or a custom resource are not judged.",
      [{ names: [anything], reason: "The stack does not list what is made elsewhere" }],
    ),
  },
  *validate(stack, { made, outOfSight }) {
    const sight = new Sight(stack, made, namesOf(outOfSight));
    for (const resource of stack.ofType(...[...stack.types()].filter(referring))) {
      for (const reference of referencesOf(resource)) {
        const fault = sight.fault(resource, reference);
        if (fault !== undefined) yield { resource, message: fault } satisfies Violation;
      }
    }
  },
};

/** Kinds without a namespace. */
const clusterScoped = ["ClusterRole", "ClusterIssuer", "IngressClass", "PriorityClass", "StorageClass"];

/** Objects that exist in every cluster. */
const inEveryCluster: Readonly<Record<string, RegExp>> = {
  ClusterRole: /^(admin|cluster-admin|edit|view|system:.*)$/,
  PriorityClass: /^system-(cluster|node)-critical$/,
  ServiceAccount: /^default$/,
  ConfigMap: /^kube-root-ca\.crt$/,
};

class Sight {
  readonly #stack: Stack;
  readonly #made: readonly MadeObject[];
  readonly #listed: readonly string[];
  readonly #namespaces: Namespaces;
  readonly #outOfSight: OutOfSight;
  readonly #named = new Map<string, Named>();

  constructor(stack: Stack, made: readonly MadeObject[], listed: readonly string[]) {
    this.#stack = stack;
    this.#made = made;
    this.#listed = listed;
    this.#namespaces = Namespaces.in(stack);
    this.#outOfSight = OutOfSight.in(stack);
  }

  /** What is wrong with a reference, if it is certain. */
  fault(from: Resource, reference: Reference): string | undefined {
    const { kind, name, group } = reference;
    if (typeof name !== "string" || name === "" || inEveryCluster[kind]?.test(name)) return undefined;
    if (this.#listed.includes(`${kind}/${name}`) || this.#listed.includes(`${kind}/*`)) return undefined;
    const named = this.#of(`${group}/${kind}`);
    const found = named.candidates(name).map((one) => ({
      one,
      certainty: all([this.#reaches(from, reference, one), equal(nameOf(one), name)]),
    }));
    const certainty = any(found.map((candidate) => candidate.certainty));
    if (certainty === "unknown") return undefined;
    if (certainty === "no") {
      const made = this.#madeFor(from, reference);
      if (made !== undefined) return missingPartOf(reference, made);
      if (this.#isMade(from, reference) || !this.#isInSight(from, reference, named.all)) return undefined;
      return `${reference.path} refers to the ${kind} ${name}, which is nowhere: correct the name or declare it.`;
    }
    const [target] = found.filter((candidate) => candidate.certainty === "yes");
    return target && missingPart(reference, target.one);
  }

  #of(kind: string): Named {
    const known = this.#named.get(kind);
    if (known) return known;
    const named = new Named(ofKind(this.#stack, kind));
    this.#named.set(kind, named);
    return named;
  }

  #reaches(from: Resource, { kind, namespace }: Reference, target: Resource): Certainty {
    if (clusterScoped.includes(kind)) return sameCluster(from, target);
    if (namespace === undefined) return this.#namespaces.same(from, target);
    return all([sameCluster(from, target), equal(namespace, this.#namespaces.of(target))]);
  }

  /**
   * What a Helm release or an operator creates under the name, in a namespace that may be the referenced one.
   */
  #madeFor(from: Resource, { kind, name, namespace = this.#namespaces.of(from) }: Reference) {
    return this.#made.find(
      (one) =>
        one.kind === kind &&
        one.name === name &&
        (clusterScoped.includes(kind) || equal(namespace, one.namespace ?? null) !== "no"),
    );
  }

  /** Whether a Certificate of the stack creates the Secret. */
  #isMade(from: Resource, reference: Reference): boolean {
    if (reference.kind !== "Secret") return false;
    const made = ofKind(this.#stack, "cert-manager.io/Certificate").map((certificate) =>
      all([
        this.#reaches(from, reference, certificate),
        equal(at(certificate.properties, "spec", "secretName") ?? null, reference.name),
      ]),
    );
    return any(made) !== "no";
  }

  /**
   * Whether the stack would contain the object if it existed: it has the namespace, or others of the kind.
   */
  #isInSight(from: Resource, reference: Reference, others: readonly Resource[]): boolean {
    const isNamespaced = !clusterScoped.includes(reference.kind);
    const declared = isNamespaced ? [...ofKind(this.#stack, "core/Namespace"), ...others] : others;
    if (any(declared.map((one) => this.#reaches(from, reference, one))) !== "yes") return false;
    if (!this.#listed.includes(anything)) return true;
    const makers =
      isNamespaced && reference.namespace === undefined
        ? this.#outOfSight.beside(from)
        : this.#outOfSight.inClusterOf(from);
    return makers === "no";
  }
}

/** Objects of a kind, indexed by name. */
class Named {
  readonly all: readonly Resource[];
  readonly #byName = new Map<string, Resource[]>();
  readonly #nameless: Resource[] = [];

  constructor(resources: readonly Resource[]) {
    this.all = resources;
    for (const resource of resources) {
      const name = nameOf(resource);
      if (typeof name !== "string") this.#nameless.push(resource);
      else this.#byName.set(name, [...(this.#byName.get(name) ?? []), resource]);
    }
  }

  candidates(name: string): readonly Resource[] {
    return [...(this.#byName.get(name) ?? []), ...this.#nameless];
  }
}

/** What is wrong with the key or port that a reference expects of its object. */
function missingPart(reference: Reference, target: Resource): string | undefined {
  const { key, port } = reference;
  if (typeof key === "string") {
    const lists: readonly (Value | undefined)[] = ["data", "binaryData", "stringData"].map((list) =>
      at(target.properties, list),
    );
    if (lists.includes(unknown) || target.properties === unknown) return undefined;
    if (lists.some((list) => isObject(list) && Object.hasOwn(list, key))) return undefined;
    return keyFault(reference, key);
  }
  if (port !== undefined && port !== unknown) {
    const ports = at(target.properties, "spec", "ports");
    if (!Array.isArray(ports)) return undefined;
    const offered: readonly Value[] = ports;
    const has = any(
      offered.map((one) => any([equal(at(one, "port") ?? null, port), equal(at(one, "name") ?? null, port)])),
    );
    return has === "no" ? portFault(reference, port) : undefined;
  }
  return undefined;
}

/** The same for an object that the pack cannot see. */
function missingPartOf(reference: Reference, { keys, ports }: MadeObject): string | undefined {
  const { key, port } = reference;
  if (typeof key === "string" && keys !== undefined && !keys.includes(key)) return keyFault(reference, key);
  if (port === undefined || port === unknown || ports === undefined) return undefined;
  return ports.some((one) => one === port) ? undefined : portFault(reference, port);
}

function keyFault({ kind, name, path }: Reference, key: string): string {
  return `${path} asks the ${kind} ${String(name)} for the key ${key}, which it does not have.`;
}

function portFault({ kind, name, path }: Reference, port: Value): string {
  return `${path} asks the ${kind} ${String(name)} for the port ${String(port)}, which it does not have.`;
}
