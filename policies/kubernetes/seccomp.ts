import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { containersOf } from "./pod-template";
import { makesPods, podTemplatesOf } from "./pods";

export const seccomp: ResourcePolicy = {
  id: "kubernetes-seccomp",
  scope: "resource",
  what: "Containers run under a seccomp profile.",
  why: "Unconfined, a container may make every system call, and most ways out of it begin with an obscure one.",
  severity: "high",
  standards: ["Pod Security Standards: restricted", "NSA/CISA Kubernetes hardening", "K1"],
  remediation:
    "Set securityContext.seccompProfile.type to RuntimeDefault, on the pod or on each container; Localhost is allowed too.",
  remediates: "Sets seccompProfile.type to RuntimeDefault where none is set.",
  appliesTo: makesPods,
  *validate(resource) {
    for (const template of podTemplatesOf(resource)) {
      const pod = at(template.spec, "securityContext", "seccompProfile", "type");
      for (const { label, where, value } of containersOf(template)) {
        const type = at(value, "securityContext", "seccompProfile", "type") ?? pod;
        if (type === unknown || type === "RuntimeDefault" || type === "Localhost") continue;
        const found = type === undefined ? "has no seccomp profile" : `runs under seccomp ${String(type)}`;
        const path = where("securityContext.seccompProfile.type");
        const message = `${label} ${found}: set ${path} (or the pod's) to RuntimeDefault.`;
        yield type === undefined ? { message, path, value: "RuntimeDefault" } : message;
      }
    }
  },
};
