import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { allContainersOf, makesPods } from "./pods";

export const readOnlyRoot: ResourcePolicy = {
  id: "kubernetes-read-only-root",
  scope: "resource",
  what: "Containers cannot write to their image's file system.",
  why: "An attacker in a container that may write to its image installs tools there and changes the program that runs.",
  severity: "medium",
  standards: ["NSA/CISA Kubernetes hardening", "K1"],
  remediation:
    "Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where the program writes.",
  appliesTo: makesPods,
  *validate(resource) {
    for (const { role, label, where, value } of allContainersOf(resource)) {
      // Debugging needs somewhere to write, and an ephemeral container cannot have a volume of its own.
      if (role === "ephemeral container") continue;
      const readOnly = at(value, "securityContext", "readOnlyRootFilesystem");
      if (readOnly === true || readOnly === unknown) continue;
      yield `${label} may write to its image: set ${where("securityContext.readOnlyRootFilesystem")} to true.`;
    }
  },
};
