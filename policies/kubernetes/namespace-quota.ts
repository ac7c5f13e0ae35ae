import { type Exception, exceptions, namesOf } from "../exemptions/exceptions";
import type { StackPolicy } from "../policy";
import { all, any, at, type Certainty, entries, unknown } from "../value";
import { Namespaces, nameOf, ofKind } from "./objects";

interface Configuration {
  readonly unlimitedNamespaces: readonly Exception[];
}

export const namespaceQuota: StackPolicy<Configuration> = {
  id: "kubernetes-namespace-quota",
  scope: "stack",
  what: "Every namespace has a ResourceQuota.",
  why: "Without one a single namespace takes the cluster's nodes, and the autoscaler buys more.",
  severity: "medium",
  standards: ["NSA/CISA Kubernetes hardening", "K5"],
  remediation: "Add a ResourceQuota to the namespace with limits in spec.hard.",
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
        all([namespaces.same(quota, namespace), limits(at(quota.properties, "spec", "hard"))]),
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

function limits(hard: ReturnType<typeof at>): Certainty {
  if (hard === unknown) return "unknown";
  return entries(hard).length > 0 ? "yes" : "no";
}
