import { internetIn } from "../networks/ranges";
import type { ResourcePolicy } from "../policy";
import { at, items, unknown } from "../value";

export const lkeControlPlaneRestricted: ResourcePolicy = {
  id: "linode-lke-control-plane-restricted",
  scope: "resource",
  what: "The control plane of an LKE cluster answers only ranges that are named.",
  why: "Without its access list the Kubernetes API answers the whole internet; one leaked token is then enough.",
  severity: "critical",
  standards: ["NSA/CISA Kubernetes hardening", "K6"],
  remediation:
    "Set controlPlane.acl.enabled to true, and name the ranges of the people and runners that need the API in controlPlane.acl.addresses.",
  appliesTo: (type) => type === "linode:index/lkeCluster:LkeCluster",
  *validate({ properties }) {
    const acl = at(properties, "controlPlane", "acl");
    const enabled = at(acl, "enabled");
    if (enabled !== true && enabled !== unknown) {
      yield "controlPlane.acl.enabled is not true: set it, and name the ranges that need the API.";
    }
    const open = internetIn(
      items(at(acl, "addresses")).flatMap((address) => [
        ...items(at(address, "ipv4s")),
        ...items(at(address, "ipv6s")),
      ]),
    );
    if (open !== undefined) {
      yield `controlPlane.acl.addresses holds ${open}: name the ranges that need the API.`;
    }
  },
};
