import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { any, at, type Certainty, entries, items, unknown, type Value } from "../value";
import { kindOf, Namespaces, sameCluster } from "./objects";

/**
 * What the pack cannot see. Helm releases and operators create objects that are not resources of the stack,
 * so a selector or reference without a match in the stack may still have one. The rule for all policies:
 *
 * - without configuration, nothing counts as missing where the namespace contains a Helm release or a custom
 *   resource, or where a custom resource is in no namespace;
 * - a stack that lists what is created out of sight says with it that nothing else is, and is judged
 *   accordingly.
 */
export class OutOfSight {
  readonly #namespaces: Namespaces;
  readonly #makers: readonly Resource[];

  constructor(stack: Stack) {
    this.#namespaces = Namespaces.in(stack);
    this.#makers = stack.ofType(...[...stack.types()].filter(mayMake));
  }

  static in(stack: Stack): OutOfSight {
    return stack.derive(outOfSightOf);
  }

  /** Whether something may create objects in the namespace of a resource. */
  beside(resource: Resource): Certainty {
    return any(
      this.#makers.map((maker) =>
        at(maker.properties, "metadata", "namespace") === undefined &&
        at(maker.properties, "namespace") === undefined
          ? sameCluster(maker, resource)
          : this.#namespaces.same(maker, resource),
      ),
    );
  }

  /** Whether something may create objects in the cluster of a resource. */
  inClusterOf(resource: Resource): Certainty {
    return any(this.#makers.map((maker) => sameCluster(maker, resource)));
  }
}

function outOfSightOf(stack: Stack): OutOfSight {
  return new OutOfSight(stack);
}

/** Stands for any label or object. */
export const anything = "*";

/**
 * Whether the labels of a selector are, or may be, among those that a stack lists as `<key>` or
 * `<key>=<value>`.
 */
export function isListed(selector: Value | undefined, listed: readonly string[]): boolean {
  if (at(selector, "matchLabels") === unknown || at(selector, "matchExpressions") === unknown) {
    return listed.length > 0;
  }
  const asked: readonly (readonly [key: Value | undefined, value: Value])[] = [
    ...entries(at(selector, "matchLabels")),
    ...items(at(selector, "matchExpressions")).flatMap((expression) => {
      const key = expression === unknown ? unknown : at(expression, "key");
      const values = at(expression, "values");
      return values === unknown
        ? [[key, unknown] as const]
        : ["", ...items(values)].map((value) => [key, value] as const);
    }),
  ];
  return listed.some((one) => asked.some((label) => mayBe(one, label)));
}

function mayBe(listed: string, [key, value]: readonly [key: Value | undefined, value: Value]): boolean {
  if (key === unknown || key === listed) return true;
  return value === unknown
    ? listed.startsWith(`${String(key)}=`)
    : listed === `${String(key)}=${String(value)}`;
}

/** Kubernetes' own API groups, and custom ones whose resources create nothing. */
const inert = new Set([
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "apiregistration.k8s.io",
  "apps",
  "autoscaling",
  "autoscaling.k8s.io",
  "batch",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "core",
  "discovery.k8s.io",
  "events.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "gateway.networking.k8s.io",
  "metrics.k8s.io",
  "networking.istio.io",
  "networking.k8s.io",
  "node.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "security.istio.io",
  "snapshot.storage.k8s.io",
  "storage.k8s.io",
  // The objects of these are themselves resources of the stack.
  "kustomize",
  "yaml",
]);

const inertKinds = ["ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe", "ScrapeConfig"];

function mayMake(type: string): boolean {
  const [group, kind] = kindOf(type)?.split("/") ?? [];
  if (group === undefined || kind === undefined) return false;
  return !inert.has(group) && !(group === "monitoring.coreos.com" && inertKinds.includes(kind));
}
