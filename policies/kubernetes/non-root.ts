import { isRoot } from "../containers/rights";
import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { containersOf } from "./pod-template";
import { makesPods, podTemplatesOf } from "./pods";

export const nonRoot: ResourcePolicy = {
  id: "kubernetes-non-root",
  scope: "resource",
  what: "Containers run as a user other than root.",
  why: "Root in a container is root on the node as soon as a flaw in the runtime or the kernel lets it out.",
  severity: "high",
  standards: ["Pod Security Standards: restricted", "NSA/CISA Kubernetes hardening", "K1"],
  remediation:
    "Set securityContext.runAsNonRoot to true, on the pod or on each container, and securityContext.runAsUser, if it is set, to anything but 0.",
  remediates: "Sets runAsNonRoot to true on containers whose runAsUser is another than root.",
  appliesTo: makesPods,
  *validate(resource) {
    for (const template of podTemplatesOf(resource)) {
      const pod = at(template.spec, "securityContext");
      if (isRoot(at(pod, "runAsUser"))) {
        yield `${template.where("securityContext.runAsUser")} is 0, which is root: set another user.`;
      }
      for (const container of containersOf(template)) {
        const context = at(container.value, "securityContext");
        if (isRoot(at(context, "runAsUser"))) {
          yield `${container.label}: ${container.where("securityContext.runAsUser")} is 0, which is root: set another user.`;
        }
        const runAsNonRoot = at(context, "runAsNonRoot") ?? at(pod, "runAsNonRoot");
        if (runAsNonRoot === true || runAsNonRoot === unknown) continue;
        const path = container.where("securityContext.runAsNonRoot");
        const message = `${container.label} may run as root: set ${path} (or the pod's) to true.`;
        const user = at(context, "runAsUser") ?? at(pod, "runAsUser");
        // An image that runs as root by default would not start.
        yield typeof user === "number" && user !== 0 ? { message, path, value: true } : message;
      }
    }
  },
};
