import type { ResourcePolicy } from "../policy";
import { secretIn } from "../secrets";
import { at, entries, items } from "../value";
import { kindOf } from "./objects";
import { allContainersOf, makesPods } from "./pods";

export const noSecretInClear: ResourcePolicy = {
  id: "kubernetes-no-secret-in-clear",
  scope: "resource",
  what: "No environment variable, argument or ConfigMap holds a secret in clear.",
  why: "Whoever may look at a pod or a ConfigMap reads it, and so do logs, dashboards and backups that leave Secrets out.",
  severity: "critical",
  standards: ["NSA/CISA Kubernetes hardening", "CIS EKS 4.4.1", "PCI-DSS 4: 8.6.2", "K4"],
  remediation: "Put the value into a Secret, and name it by env[].valueFrom.secretKeyRef or mount it.",
  appliesTo: (type) => makesPods(type) || kindOf(type) === "core/ConfigMap",
  *validate(resource) {
    for (const { label, where, value } of allContainersOf(resource)) {
      for (const [index, variable] of items(at(value, "env")).entries()) {
        const name = at(variable, "name");
        const text = at(variable, "value");
        if (typeof text !== "string") continue;
        const found = secretIn(typeof name === "string" ? name : "", text);
        if (found === undefined) continue;
        yield `${label}: ${where(`env[${index}]`)} ${typeof name === "string" ? name : ""} is ${found}: use valueFrom.secretKeyRef.`;
      }
      for (const list of ["command", "args"]) {
        for (const [index, text] of items(at(value, list)).entries()) {
          const found = typeof text === "string" ? secretIn("", text) : undefined;
          if (found !== undefined)
            yield `${label}: ${where(`${list}[${index}]`)} holds ${found}: use a Secret.`;
        }
      }
    }
    if (kindOf(resource.type) !== "core/ConfigMap") return;
    for (const [key, text] of entries(at(resource.properties, "data"))) {
      const found = typeof text === "string" ? secretIn(key, text) : undefined;
      if (found !== undefined) yield `data["${key}"] is or holds ${found}: use a Secret.`;
    }
  },
};
