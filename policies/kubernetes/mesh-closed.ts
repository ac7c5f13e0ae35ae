import { everywhere } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { at, isObject, items, unknown, type Value } from "../value";
import { patchedKindOf } from "./objects";

const peerAuthentication = "security.istio.io/PeerAuthentication";
const destinationRule = "networking.istio.io/DestinationRule";
const authorizationPolicy = "security.istio.io/AuthorizationPolicy";

export const meshClosed: ResourcePolicy = {
  id: "kubernetes-mesh-closed",
  scope: "resource",
  what: "The mesh's mutual TLS is not switched off, and no AuthorizationPolicy allows everything.",
  why: "Without mutual TLS traffic between services goes in clear, and an allowance without a condition makes all the others useless: they add up.",
  severity: "high",
  standards: ["NSA/CISA Kubernetes hardening", "PCI-DSS 4: 1.3.1, 4.2.1", "K5"],
  remediation:
    "Set the mode to STRICT, or PERMISSIVE for a port that clients outside of the mesh reach, and give each rule from, to or when.",
  appliesTo: (type) =>
    [peerAuthentication, destinationRule, authorizationPolicy].includes(patchedKindOf(type) ?? ""),
  *validate({ type, properties }) {
    if (patchedKindOf(type) !== authorizationPolicy) {
      for (const { path, key, value } of everywhere(at(properties, "spec") ?? null)) {
        if (
          key === "mode" &&
          value === "DISABLE" &&
          /(^|\.)(mtls|tls|portLevelMtls\.[^.]+)\.mode$/.test(path)
        )
          yield `spec.${path} is DISABLE, so traffic goes in clear: set another mode.`;
      }
      return;
    }
    const action = at(properties, "spec", "action") ?? "ALLOW";
    if (action !== "ALLOW") return;
    for (const [index, rule] of items(at(properties, "spec", "rules")).entries()) {
      if (isEmpty(rule)) yield `spec.rules[${index}] allows everything: say from where, to what or when.`;
    }
  },
};

/** Whether a rule certainly limits nothing. */
function isEmpty(rule: Value): boolean {
  return (
    rule !== unknown &&
    (rule === null || isObject(rule)) &&
    ["from", "to", "when"].every((part) => {
      const given = at(rule, part);
      return given === undefined || (given !== unknown && items(given).length === 0);
    })
  );
}
