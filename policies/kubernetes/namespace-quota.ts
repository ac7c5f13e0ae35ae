import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { StackPolicy } from "../policy";
import { all, any, at, type Certainty, entries, items, unknown, type Value } from "../value";
import { Namespaces, nameOf, ofKind } from "./objects";
import { quantity } from "./quantities";

interface Configuration {
  readonly unlimitedNamespaces: readonly Exception[];
}

export const namespaceQuota: StackPolicy<Configuration> = {
  id: "kubernetes-namespace-quota",
  scope: "stack",
  what: "Every namespace has a ResourceQuota that limits its CPU, memory or pods.",
  why: "Without one a single namespace takes the cluster's nodes, and the autoscaler buys more.",
  severity: "medium",
  standards: ["NSA/CISA Kubernetes hardening", "K5"],
  remediation:
    "Add a ResourceQuota to the namespace with requests or limits of CPU and memory, or pods, in spec.hard.",
  configuration: {
    unlimitedNamespaces: exceptions(
      "Namespaces that need no quota here, such as those whose quota another stack has.",
    ),
  },
  *validate(stack, { unlimitedNamespaces }) {
    const namespaces = Namespaces.in(stack);
    const quotas = ofKind(stack, "core/ResourceQuota");
    for (const namespace of ofKind(stack, "core/Namespace")) {
      const name = nameOf(namespace);
      if (namesOf(unlimitedNamespaces).some((one) => name === unknown || name === one)) continue;
      const limited = quotas.map((quota) =>
        all([namespaces.same(quota, namespace), limits(at(quota.properties, "spec"))]),
      );
      if (any(limited) === "no") {
        yield {
          resource: namespace,
          message: "no ResourceQuota limits it: add one with limits in spec.hard.",
        };
      }
    }
  },
};

/** More than any cluster has: such a limit has no effect. */
const most: Readonly<Record<string, number>> = { cpu: 100_000, memory: 2 ** 50, pods: 10_000 };

/** Whether a quota limits CPU and memory for all pods. */
function limits(spec: Value | undefined): Certainty {
  const hard = at(spec, "hard");
  if (spec === unknown || hard === unknown) return "unknown";
  if (items(at(spec, "scopes")).length > 0 || at(spec, "scopeSelector") !== undefined) return "no";
  return any(
    entries(hard).map(([name, amount]) => {
      const bound = most[name.replace(/^(requests|limits)\./, "")];
      if (bound === undefined) return "no";
      if (amount === unknown) return "unknown";
      // Amounts with an exponent, or in peta and exa, exceed all of them.
      const isHuge = /^[\d.]+([eE]\d+|[PE]i?)$/.test(String(amount));
      const given = isHuge ? Number.POSITIVE_INFINITY : quantity(amount);
      return given === undefined || given < bound ? "yes" : "no";
    }),
  );
}
