import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { containersOf } from "./pod-template";
import { makesPods, podTemplatesOf } from "./pods";

interface Configuration {
  readonly demanded: readonly string[];
}

export const probes: ResourcePolicy<Configuration> = {
  id: "kubernetes-probes",
  scope: "resource",
  what: "Containers that serve say when they are ready and when they are stuck.",
  why: "Without a readiness probe traffic goes to a container that is not up yet; without a liveness probe one that hangs stays.",
  severity: "medium",
  standards: ["K4"],
  remediation: "Set readinessProbe and livenessProbe.",
  configuration: {
    demanded: {
      type: "array",
      items: { type: "string", enum: ["readinessProbe", "livenessProbe", "startupProbe"] },
      default: ["readinessProbe", "livenessProbe"],
      description: "Probes that every container of a pod that serves must have.",
    },
  },
  appliesTo: makesPods,
  *validate(resource, { demanded }) {
    for (const template of podTemplatesOf(resource)) {
      const restarts = at(template.spec, "restartPolicy");
      if (template.finishes || (restarts !== undefined && restarts !== "Always")) continue;
      for (const { role, label, where, value } of containersOf(template)) {
        if (role !== "container" || value === unknown) continue;
        const missing = demanded.filter((probe) => at(value, probe) === undefined);
        if (missing.length > 0) yield `${label}: set ${missing.map(where).join(" and ")}.`;
      }
    }
  },
};
