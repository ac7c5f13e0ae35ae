import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

export const lkeHighAvailability: ResourcePolicy = {
  id: "linode-lke-high-availability",
  scope: "resource",
  what: "The control plane of an LKE cluster is highly available and its version pinned.",
  why: "With a single control plane nothing is scheduled, scaled or replaced while it is away, and it cannot be changed back.",
  severity: "high",
  standards: ["R3", "K6"],
  remediation: "Set controlPlane.highAvailability to true and k8sVersion to a version.",
  appliesTo: (type) => type === "linode:index/lkeCluster:LkeCluster",
  *validate({ properties }) {
    const available = at(properties, "controlPlane", "highAvailability");
    if (available !== true && available !== unknown)
      yield "controlPlane.highAvailability is not true: set it.";
    if (properties !== unknown && at(properties, "k8sVersion") === undefined)
      yield "k8sVersion is not set: pin it.";
  },
};
