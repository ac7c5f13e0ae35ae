import { type Exception, exceptions, namesOf } from "../exemptions/exceptions";
import type { Resource, StackPolicy, Violation } from "../policy";
import type { Stack } from "../stack";
import { all, any, at, type Certainty, entries, items, unknown, type Value } from "../value";
import { Namespaces, ofKind, sameCluster } from "./objects";
import { anything, isListed, OutOfSight } from "./out-of-sight";
import { podTemplatesOf, workloadKinds } from "./pods";
import { selects, selectsEverything } from "./selectors";

interface Configuration {
  readonly outOfSight: readonly Exception[];
}

export const selectorsHit: StackPolicy<Configuration> = {
  id: "kubernetes-selectors-hit",
  scope: "stack",
  what: "Selectors select something: those of Services, PodDisruptionBudgets, NetworkPolicies, monitors and workloads.",
  why: "A selector that misses by a letter is accepted in silence: a Service without pods, a budget that guards nothing, a policy that denies nothing.",
  severity: "high",
  standards: ["K3", "K5"],
  remediation:
    "Make the selector's labels those of the pods' spec.template.metadata.labels (of the Service's metadata.labels for a ServiceMonitor), or list in outOfSight the labels of pods that a Helm release or an operator makes.",
  configuration: {
    outOfSight: exceptions(
      "Labels, as `<key>` or `<key>=<value>`, of what Helm releases and operators make, which is not seen; all other labels are then held to be the program's own. `*`: any label, so that selectors beside a Helm release or a custom resource are not judged.",
      [{ names: [anything], reason: "The stack does not list what is made elsewhere" }],
    ),
  },
  *validate(stack, { outOfSight }) {
    const sight = new Sight(stack, namesOf(outOfSight));
    for (const { kinds, path, targets, words } of selectors) {
      for (const resource of ofKind(stack, ...kinds)) {
        if (resource.properties === unknown) continue;
        const selector = read(resource, path);
        if (selector === undefined || selectsEverything(selector) !== "no") continue;
        if (sight.mayHit(resource, selector, targets(stack))) continue;
        yield miss(resource, path.join("."), words);
      }
    }
    for (const workload of ofKind(
      stack,
      "apps/Deployment",
      "apps/StatefulSet",
      "apps/DaemonSet",
      "apps/ReplicaSet",
    )) {
      const labels = at(podTemplatesOf(workload)[0]?.metadata, "labels");
      if (selects(at(workload.properties, "spec", "selector"), labels) === "no") {
        yield miss(workload, "spec.selector", "not even its own pods");
      }
    }
  },
};

/** What a selector may select: labels in a namespace. */
interface Target {
  readonly resource: Resource;
  readonly labels: Value | undefined;
}

interface Selector {
  readonly kinds: readonly string[];
  readonly path: readonly string[];
  readonly targets: (stack: Stack) => readonly Target[];
  readonly words: string;
}

const selectors: readonly Selector[] = [
  { kinds: ["core/Service"], path: ["spec", "selector"], targets: pods, words: "no pods in its namespace" },
  {
    kinds: ["policy/PodDisruptionBudget"],
    path: ["spec", "selector"],
    targets: pods,
    words: "no pods in its namespace",
  },
  {
    kinds: ["networking.k8s.io/NetworkPolicy"],
    path: ["spec", "podSelector"],
    targets: pods,
    words: "no pods in its namespace",
  },
  {
    kinds: ["monitoring.coreos.com/PodMonitor"],
    path: ["spec", "selector"],
    targets: pods,
    words: "no pods where it looks",
  },
  {
    kinds: ["monitoring.coreos.com/ServiceMonitor"],
    path: ["spec", "selector"],
    targets: services,
    words: "no Services where it looks",
  },
];

function pods(stack: Stack): readonly Target[] {
  return stack.derive(podsOf);
}

function podsOf(stack: Stack): readonly Target[] {
  return ofKind(stack, ...workloadKinds).flatMap((resource) =>
    podTemplatesOf(resource).map(({ metadata }) => ({ resource, labels: at(metadata, "labels") })),
  );
}

function services(stack: Stack): readonly Target[] {
  return stack.derive(servicesOf);
}

function servicesOf(stack: Stack): readonly Target[] {
  return ofKind(stack, "core/Service").map((resource) => ({
    resource,
    labels: at(resource.properties, "metadata", "labels"),
  }));
}

/** The selector as Kubernetes writes it everywhere but in Services, which have labels alone. */
function read(resource: Resource, path: readonly string[]): Value | undefined {
  const selector = at(resource.properties, ...path);
  if (!resource.type.endsWith(":Service") || selector === undefined || selector === unknown) return selector;
  return { matchLabels: selector };
}

class Sight {
  readonly #namespaces: Namespaces;
  readonly #outOfSight: OutOfSight;
  readonly #listed: readonly string[];

  constructor(stack: Stack, listed: readonly string[]) {
    this.#namespaces = Namespaces.in(stack);
    this.#outOfSight = OutOfSight.in(stack);
    this.#listed = listed;
  }

  mayHit(resource: Resource, selector: Value, targets: readonly Target[]): boolean {
    if (isListed(selector, this.#listed)) return true;
    const hits = targets.map((target) =>
      all([selects(selector, target.labels), this.#looksAt(resource, target.resource)]),
    );
    if (any(hits) !== "no") return true;
    return this.#listed.includes(anything) && this.#outOfSight.beside(resource) !== "no";
  }

  /** Whether a selector's object looks into the namespace of a target: its own, unless it is a monitor that names others. */
  #looksAt(resource: Resource, target: Resource): Certainty {
    const elsewhere = at(resource.properties, "spec", "namespaceSelector");
    if (elsewhere === unknown) return "unknown";
    if (at(elsewhere, "any") === true) return sameCluster(resource, target);
    const names = at(elsewhere, "matchNames");
    if (names === unknown) return "unknown";
    if (items(names).length === 0) return this.#namespaces.same(resource, target);
    const namespace = this.#namespaces.of(target);
    if (items(names).includes(namespace)) return sameCluster(resource, target);
    return namespace === unknown || items(names).includes(unknown) ? "unknown" : "no";
  }
}

function miss(resource: Resource, path: string, what: string): Violation {
  return {
    resource,
    message: `${path}${written(resource, path.split("."))} selects ${what}: make its labels theirs.`,
  };
}

function written(resource: Resource, path: readonly string[]): string {
  const selector = read(resource, path);
  const labels = entries(at(selector, "matchLabels")).map(
    ([key, value]) => `${key}=${String(value === unknown ? "?" : value)}`,
  );
  return labels.length === 0 ? "" : ` (${labels.join(", ")})`;
}
