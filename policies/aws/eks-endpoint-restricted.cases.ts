import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value } from "../value";
import { eksEndpointRestricted } from "./eks-endpoint-restricted";

function cluster(vpcConfig: Value): Sample {
  return { type: "aws:eks/cluster:Cluster", properties: { name: "prod", vpcConfig } };
}

const unset =
  "sample: vpcConfig.publicAccessCidrs is not set, which means 0.0.0.0/0: name the ranges that need the API.";
const open = "sample: vpcConfig.publicAccessCidrs holds 0.0.0.0/0: name the ranges that need the API.";

export const eksEndpointRestrictedCases: Cases = {
  policy: eksEndpointRestricted,
  catches: [
    { name: "AWS's default", resources: [cluster({ subnetIds: ["subnet-1"] })], violations: [unset] },
    {
      name: "an empty list",
      resources: [cluster({ endpointPublicAccess: true, publicAccessCidrs: [] })],
      violations: [unset],
    },
    {
      name: "everyone among the ranges",
      resources: [cluster({ publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/0"] })],
      violations: [open],
    },
  ],
  passes: [
    {
      name: "named ranges",
      resources: [cluster({ endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] })],
    },
    { name: "no public endpoint", resources: [cluster({ endpointPublicAccess: false })] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "subnets are not known",
        resources: [cluster({ subnetIds: unknown, endpointPublicAccess: true })],
        violations: [unset],
      },
      {
        name: "one range is not known, another is everything",
        resources: [cluster({ publicAccessCidrs: [unknown, "0.0.0.0/0"] })],
        violations: [open],
      },
    ],
    passes: [
      { name: "the ranges are not known", resources: [cluster({ publicAccessCidrs: unknown })] },
      { name: "whether it is public is not known", resources: [cluster({ endpointPublicAccess: unknown })] },
    ],
  },
  faults: [
    faults.set(faults.eks, "vpcConfig.publicAccessCidrs", ["0.0.0.0/0"]),
    faults.without(faults.eks, "vpcConfig.publicAccessCidrs"),
  ],
};
