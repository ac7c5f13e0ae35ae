import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import { isRelease } from "../helm/releases";
import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { kindOf, nameOf, patchedKindOf } from "./objects";

const label = "pod-security.kubernetes.io/enforce";

interface Configuration {
  readonly levels: readonly string[];
  readonly privilegedNamespaces: readonly Exception[];
}

export const podSecurityLabels: ResourcePolicy<Configuration> = {
  id: "kubernetes-pod-security-labels",
  scope: "resource",
  what: "Every namespace has the API server enforce a Pod Security level.",
  why: "Without the label the API server admits any pod, privileged ones included, from everyone who may create pods there.",
  severity: "high",
  standards: ["Pod Security Standards", "NSA/CISA Kubernetes hardening", "K5"],
  remediation: `Set metadata.labels["${label}"] to restricted, or to baseline where the workload needs more.`,
  configuration: {
    levels: {
      type: "array",
      items: { type: "string", enum: ["restricted", "baseline"] },
      default: ["restricted", "baseline"],
      description: "Levels that a namespace may enforce.",
    },
    privilegedNamespaces: exceptions(
      "Namespaces of agents that need the node itself, such as node-exporter; they may enforce privileged.",
    ),
  },
  appliesTo: (type) => patchedKindOf(type) === "core/Namespace" || isRelease(type),
  *validate(resource, { levels, privilegedNamespaces }) {
    if (isRelease(resource.type)) {
      if (at(resource.properties, "createNamespace") === true) {
        yield "createNamespace makes a namespace without the label: declare the namespace, and leave createNamespace out.";
      }
      return;
    }
    const level = at(resource.properties, "metadata", "labels", label);
    if (level === unknown || (typeof level === "string" && levels.includes(level))) return;
    // A patch leaves unset fields alone.
    if (level === undefined && kindOf(resource.type) !== "core/Namespace") return;
    const name = nameOf(resource);
    const mayBePrivileged = namesOf(privilegedNamespaces).some((one) => name === unknown || name === one);
    if (level === "privileged" && mayBePrivileged) return;
    const found = level === undefined ? "is not set" : `is "${String(level)}"`;
    yield `metadata.labels["${label}"] ${found}: set one of ${levels.join(", ")}.`;
  },
};
