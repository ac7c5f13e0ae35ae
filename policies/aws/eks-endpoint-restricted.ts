import { internetIn } from "../networks/ranges";
import type { ResourcePolicy } from "../policy";
import { at, items, unknown } from "../value";

export const eksEndpointRestricted: ResourcePolicy = {
  id: "aws-eks-endpoint-restricted",
  scope: "resource",
  what: "The public endpoint of an EKS cluster answers only ranges that are named.",
  why: "AWS opens the Kubernetes API to the whole internet unless ranges are given; one leaked token is then enough.",
  severity: "critical",
  standards: ["CIS EKS 5.4.1", "K6"],
  remediation:
    "Set vpcConfig.publicAccessCidrs to the ranges of the people and runners that need the API, or vpcConfig.endpointPublicAccess to false.",
  appliesTo: (type) => type === "aws:eks/cluster:Cluster",
  *validate(resource) {
    const network = at(resource.properties, "vpcConfig");
    const isPublic = at(network, "endpointPublicAccess") ?? true;
    const ranges = at(network, "publicAccessCidrs");
    if (isPublic !== true || ranges === unknown) return;
    const open = internetIn(items(ranges));
    if (open !== undefined) {
      yield `vpcConfig.publicAccessCidrs holds ${open}: name the ranges that need the API.`;
    } else if (items(ranges).length === 0) {
      yield "vpcConfig.publicAccessCidrs is not set, which means 0.0.0.0/0: name the ranges that need the API.";
    }
  },
};
