import { allowedAdditions, excessOf } from "../containers/rights";
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
  configuration: { allowedAdditions },
  appliesTo: makesPods,
  *validate(resource, { allowedAdditions: allowed }) {
    for (const { label, where, value } of allContainersOf(resource)) {
      const drop = at(value, "securityContext", "capabilities", "drop");
      if (drop !== unknown && !items(drop).some((one) => one === unknown || one === "ALL")) {
        yield `${label} keeps capabilities: set ${where("securityContext.capabilities.drop")} to [ALL].`;
      }
      const added = excessOf(at(value, "securityContext", "capabilities", "add"), allowed);
      if (added.length > 0) {
        yield `${label} adds ${added.join(", ")}: remove it from ${where("securityContext.capabilities.add")} (allowed: ${allowed.join(", ") || "none"}).`;
      }
    }
  },
};
