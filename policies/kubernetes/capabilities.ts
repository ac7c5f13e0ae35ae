import type { ResourcePolicy } from "../policy";
import { at, items, unknown } from "../value";
import { allContainersOf, makesPods } from "./pods";

interface Configuration {
  readonly allowedAdditions: readonly string[];
}

export const capabilities: ResourcePolicy<Configuration> = {
  id: "kubernetes-capabilities",
  scope: "resource",
  what: "Containers drop all Linux capabilities and add back none but those that are allowed.",
  why: "Runtimes grant a dozen capabilities by default; NET_RAW alone lets a container forge its neighbours' packets.",
  severity: "high",
  standards: ["Pod Security Standards: restricted", "NSA/CISA Kubernetes hardening", "CIS EKS 4.2.6", "K1"],
  remediation: "Set securityContext.capabilities.drop to [ALL] on each container.",
  configuration: {
    allowedAdditions: {
      type: "array",
      items: { type: "string" },
      default: ["NET_BIND_SERVICE"],
      description: "Capabilities that a container may add back.",
    },
  },
  appliesTo: makesPods,
  *validate(resource, { allowedAdditions }) {
    for (const { label, where, value } of allContainersOf(resource)) {
      const drop = at(value, "securityContext", "capabilities", "drop");
      if (drop !== unknown && !items(drop).some((one) => one === unknown || one === "ALL")) {
        yield `${label} keeps capabilities: set ${where("securityContext.capabilities.drop")} to [ALL].`;
      }
      const added = items(at(value, "securityContext", "capabilities", "add")).filter(
        (one) => typeof one === "string" && !allowedAdditions.includes(one),
      );
      if (added.length > 0) {
        yield `${label} adds ${added.join(", ")}: remove it from ${where("securityContext.capabilities.add")} (allowed: ${allowedAdditions.join(", ") || "none"}).`;
      }
    }
  },
};
