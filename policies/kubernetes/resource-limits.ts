import type { ResourcePolicy } from "../policy";
import { at, unknown, type Value } from "../value";
import { allContainersOf, makesPods } from "./pods";

interface Configuration {
  readonly cpuLimits: boolean;
}

export const resourceLimits: ResourcePolicy<Configuration> = {
  id: "kubernetes-resource-limits",
  scope: "resource",
  what: "Every container asks for CPU and memory and has a limit for both.",
  why: "The scheduler places pods by their requests, and only limits keep one workload from starving its neighbours.",
  severity: "medium",
  standards: ["NSA/CISA Kubernetes hardening", "K2"],
  remediation:
    "Set resources.requests.cpu, resources.requests.memory, resources.limits.cpu and resources.limits.memory.",
  configuration: {
    cpuLimits: {
      type: "boolean",
      default: true,
      description: "Whether a CPU limit is demanded too. A CPU limit throttles even when the node is idle.",
    },
  },
  appliesTo: makesPods,
  *validate(resource, { cpuLimits }) {
    const demanded = [
      "requests.cpu",
      "requests.memory",
      "limits.memory",
      ...(cpuLimits ? ["limits.cpu"] : []),
    ];
    for (const container of allContainersOf(resource)) {
      // The API has no resources for ephemeral containers: they use what the pod has.
      if (container.role === "ephemeral container") continue;
      const missing = demanded.filter((path) =>
        isMissing(at(container.value, "resources", ...path.split("."))),
      );
      if (missing.length === 0) continue;
      yield `${container.label}: set ${missing.join(", ")} below ${container.where("resources")}.`;
    }
  },
};

/** A quantity of zero asks for nothing and limits nothing. */
function isMissing(quantity: Value | undefined): boolean {
  if (quantity === unknown) return false;
  return quantity === undefined || /^0*(\.0*)?[a-zA-Z]*$/.test(String(quantity));
}
