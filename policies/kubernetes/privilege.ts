import type { ResourcePolicy } from "../policy";
import { at, items, unknown, type Value } from "../value";
import { allContainersOf, makesPods, podTemplatesOf } from "./pods";

export const privilege: ResourcePolicy = {
  id: "kubernetes-privilege",
  scope: "resource",
  what: "No container is privileged, gains privileges that its parent lacks, or sees an unmasked /proc.",
  why: "A privileged container is root on the node; one that may escalate becomes root by any set-user-id binary in its image.",
  severity: "critical",
  standards: [
    "Pod Security Standards: restricted",
    "NSA/CISA Kubernetes hardening",
    "CIS EKS 4.2.1, 4.2.5",
    "K1",
  ],
  remediation:
    "Set securityContext.allowPrivilegeEscalation to false on each container, and remove securityContext.privileged and securityContext.procMount.",
  remediates:
    "Sets allowPrivilegeEscalation to false, save on containers that are privileged or have CAP_SYS_ADMIN.",
  appliesTo: makesPods,
  *validate(resource) {
    for (const { spec, where } of podTemplatesOf(resource)) {
      if (at(spec, "securityContext", "windowsOptions", "hostProcess") !== true) continue;
      yield `the pod is a process of its Windows node: remove ${where("securityContext.windowsOptions.hostProcess")}.`;
    }
    for (const { label, where, value } of allContainersOf(resource)) {
      const context = at(value, "securityContext");
      if (at(context, "privileged") === true) {
        yield `${label} is privileged: remove ${where("securityContext.privileged")}.`;
      }
      if (at(context, "windowsOptions", "hostProcess") === true) {
        yield `${label} is a process of its Windows node: remove ${where("securityContext.windowsOptions.hostProcess")}.`;
      }
      const escalation = at(context, "allowPrivilegeEscalation");
      if (escalation !== false && escalation !== unknown) {
        const path = where("securityContext.allowPrivilegeEscalation");
        const message = `${label} may gain privileges: set ${path} to false.`;
        yield mayBePrivileged(context) ? message : { message, path, value: false };
      }
      const procMount = at(context, "procMount");
      if (typeof procMount === "string" && procMount !== "Default") {
        yield `${label} sees /proc as "${procMount}": remove ${where("securityContext.procMount")}.`;
      }
    }
  },
};

/** The API server rejects "no escalation" for a privileged container. */
function mayBePrivileged(context: Value | undefined): boolean {
  const privileged = at(context, "privileged");
  const added = at(context, "capabilities", "add");
  return (
    privileged === true ||
    privileged === unknown ||
    added === unknown ||
    items(added).some((one) => one === unknown || one === "ALL" || /^(CAP_)?SYS_ADMIN$/.test(String(one)))
  );
}
