import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { StackPolicy, Violation } from "../policy";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { any, at, type Certainty, entries, equal, items, unknown, type Value, type Values } from "../value";
import { labelsOf, type MadeLabels, madeLabels } from "./made";
import { Namespaces, ofKind, sameCluster } from "./objects";
import { anything, isListed, OutOfSight } from "./out-of-sight";
import { podTemplatesOf, workloadKinds } from "./pods";
import { selects, selectsEverything } from "./selectors";

interface Configuration {
  readonly made: readonly MadeLabels[];
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
    "Make the selector's labels those of the pods' spec.template.metadata.labels (of the Service's metadata.labels for a ServiceMonitor), or list under made the labels of pods that a Helm release or an operator makes.",
  configuration: {
    made: madeLabels,
    outOfSight: exceptions(
      "Labels, as `<key>` or `<key>=<value>`, of what is made elsewhere and not known by its namespace; all other labels are then held to be the program's own, or those of `made`. `*`: any label, so that selectors beside a Helm release or a custom resource are not judged.",
      [{ names: [anything], reason: "The stack does not list what is made elsewhere" }],
    ),
  },
  *validate(stack, { made, outOfSight }) {
    const sight = new Sight(stack, made, namesOf(outOfSight));
    for (const { kinds, path, of, targets, words } of selectors) {
      for (const resource of ofKind(stack, ...kinds)) {
        if (resource.properties === unknown) continue;
        const selector = read(resource, path);
        if (selector === undefined || selectsEverything(selector) !== "no") continue;
        if (sight.mayHit(resource, selector, of, targets(stack))) continue;
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

/** What a selector may match: labels in a namespace. */
interface Target {
  readonly resource: Resource;
  readonly labels: Value | undefined;
}

/** The configuration's name for what selectors match. */
type Selected = "pods" | "services";

interface Selector {
  readonly kinds: readonly string[];
  readonly path: readonly string[];
  readonly of: Selected;
  readonly targets: (stack: Stack) => readonly Target[];
  readonly words: string;
}

const selectors: readonly Selector[] = [
  {
    kinds: ["core/Service"],
    path: ["spec", "selector"],
    of: "pods",
    targets: pods,
    words: "no pods in its namespace",
  },
  {
    kinds: ["policy/PodDisruptionBudget"],
    path: ["spec", "selector"],
    of: "pods",
    targets: pods,
    words: "no pods in its namespace",
  },
  {
    kinds: ["networking.k8s.io/NetworkPolicy"],
    path: ["spec", "podSelector"],
    of: "pods",
    targets: pods,
    words: "no pods in its namespace",
  },
  {
    kinds: ["monitoring.coreos.com/PodMonitor"],
    path: ["spec", "selector"],
    of: "pods",
    targets: pods,
    words: "no pods where it looks",
  },
  {
    kinds: ["monitoring.coreos.com/ServiceMonitor"],
    path: ["spec", "selector"],
    of: "services",
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

/** The selector as Kubernetes writes it everywhere except in Services, which have labels only. */
function read(resource: Resource, path: readonly string[]): Value | undefined {
  const selector = at(resource.properties, ...path);
  if (!resource.type.endsWith(":Service") || selector === undefined || selector === unknown) return selector;
  return { matchLabels: selector };
}

/** A pod or Service that the stack does not declare. */
interface Hidden {
  readonly namespace: string;
  readonly labels: Values;
}

class Sight {
  readonly #namespaces: Namespaces;
  readonly #outOfSight: OutOfSight;
  readonly #listed: readonly string[];
  readonly #hidden: Readonly<Record<Selected, readonly Hidden[]>>;

  constructor(stack: Stack, made: readonly MadeLabels[], listed: readonly string[]) {
    this.#namespaces = Namespaces.in(stack);
    this.#outOfSight = OutOfSight.in(stack);
    this.#listed = listed;
    this.#hidden = { pods: hiddenOf(made, "pods"), services: hiddenOf(made, "services") };
  }

  mayHit(resource: Resource, selector: Value, of: Selected, targets: readonly Target[]): boolean {
    if (isListed(selector, this.#listed)) return true;
    // Few targets are where the selector looks, and that is faster to tell than whether it selects them.
    const looksInto = this.#looksInto(resource);
    const isHit = targets.some(
      (target) =>
        looksInto(this.#namespaces.of(target.resource)) !== "no" &&
        sameCluster(resource, target.resource) !== "no" &&
        selects(selector, target.labels) !== "no",
    );
    if (isHit) return true;
    const isHiddenHit = this.#hidden[of].some(
      ({ namespace, labels }) => looksInto(namespace) !== "no" && selects(selector, labels) !== "no",
    );
    if (isHiddenHit) return true;
    return this.#listed.includes(anything) && this.#outOfSight.beside(resource) !== "no";
  }

  /**
   * Whether the selector of an object applies to a namespace: its own, unless it is a monitor that names
   * others.
   */
  #looksInto(resource: Resource): (namespace: Value) => Certainty {
    const elsewhere = at(resource.properties, "spec", "namespaceSelector");
    const names = at(elsewhere, "matchNames");
    if (names === unknown) return () => "unknown";
    if (at(elsewhere, "any") === true) return () => "yes";
    const own = this.#namespaces.of(resource);
    if (items(names).length === 0) return (namespace) => equal(own, namespace);
    return (namespace) => any(items(names).map((name) => equal(name, namespace)));
  }
}

function hiddenOf(made: readonly MadeLabels[], of: Selected): readonly Hidden[] {
  return made.flatMap(({ namespace, [of]: written = [] }) =>
    written.map((labels) => ({ namespace, labels: labelsOf(labels) })),
  );
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
