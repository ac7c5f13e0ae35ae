import type { ResourcePolicy } from "../policy";
import { at, items, unknown, type Value } from "../value";
import { patchedKindOf } from "./objects";
import { makesPods, podTemplatesOf } from "./pods";

export const serviceAccountToken: ResourcePolicy = {
  id: "kubernetes-service-account-token",
  scope: "resource",
  what: "Pods say whether they get a service account's token, and get one only of an account of their own; no token lies in a Secret.",
  why: "By default every pod holds a token for the API server: an intruder in the pod may do all that its account may do.",
  severity: "medium",
  standards: ["NSA/CISA Kubernetes hardening", "CIS EKS 4.1.5, 4.1.6", "K4"],
  remediation:
    "Set automountServiceAccountToken to false on the pod; where it calls the API server set it to true, and serviceAccountName to an account of its own.",
  remediates:
    "Sets automountServiceAccountToken to false where it is not set and the pod has no account of its own.",
  appliesTo: (type) => makesPods(type) || patchedKindOf(type) === "core/Secret",
  *validate(resource) {
    if (at(resource.properties, "type") === "kubernetes.io/service-account-token") {
      yield "type is kubernetes.io/service-account-token, a token that never ends: let pods mount one, or ask for one by TokenRequest.";
    }
    for (const { spec, where } of podTemplatesOf(resource)) {
      const mounts = at(spec, "automountServiceAccountToken");
      const account = at(spec, "serviceAccountName") ?? at(spec, "serviceAccount") ?? "default";
      if (account === "default") {
        for (const [index, volume] of items(at(spec, "volumes")).entries()) {
          if (!items(at(volume, "projected", "sources")).some(isOfServer)) continue;
          yield `${where(`volumes[${index}]`)} holds a token of the account "default": set ${where("serviceAccountName")} to an account of its own.`;
        }
      }
      if (mounts === false || mounts === unknown) continue;
      if (mounts === undefined) {
        const path = where("automountServiceAccountToken");
        const message = `${path} is not set, which mounts a token: set false, or true where the pod calls the API server.`;
        // An account of the pod's own may be meant to have the token.
        yield account === "default" ? { message, path, value: false } : message;
        continue;
      }
      if (account === "default") {
        yield `the pod gets a token of the account "default": set ${where("serviceAccountName")} to an account of its own.`;
      }
    }
  },
};

/** Whether a volume source is a token for the API server; tokens for other audiences do not work there. */
function isOfServer(source: Value): boolean {
  const token = at(source, "serviceAccountToken");
  return token !== undefined && token !== unknown && at(token, "audience") === undefined;
}
