import type { ResourcePolicy } from "../policy";
import { at, unknown, type Value } from "../value";
import { containersOf, makesPods, podTemplateOf } from "./pods";

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
    const template = podTemplateOf(resource);
    if (!template) return;
    const demanded = [
      "requests.cpu",
      "requests.memory",
      "limits.memory",
      ...(cpuLimits ? ["limits.cpu"] : []),
    ];
    for (const container of containersOf(template)) {
      // The API has no resources for ephemeral containers: they live on what the pod was given.
      if (container.role === "ephemeral container") continue;
      const missing = demanded.filter((path) =>
        isMissing(at(container.value, "resources", ...path.split("."))),
      );
      if (missing.length === 0) continue;
      yield `${container.role} "${container.name}": set ${missing.join(", ")} below ${container.path}.resources.`;
    }
  },
};

/** A quantity of zero asks for nothing and limits nothing. */
function isMissing(quantity: Value | undefined): boolean {
  if (quantity === unknown) return false;
  return quantity === undefined || /^0*(\.0*)?[a-zA-Z]*$/.test(String(quantity));
}
