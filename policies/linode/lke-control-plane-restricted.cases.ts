import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value } from "../value";
import { lkeControlPlaneRestricted } from "./lke-control-plane-restricted";

function cluster(acl: Value): Sample {
  return {
    type: "linode:index/lkeCluster:LkeCluster",
    properties: { label: "prod", controlPlane: { highAvailability: true, acl } },
  };
}

const unset = "sample: controlPlane.acl.enabled is not true: set it, and name the ranges that need the API.";
const open = "sample: controlPlane.acl.addresses holds ::/0: name the ranges that need the API.";

export const lkeControlPlaneRestrictedCases: Cases = {
  policy: lkeControlPlaneRestricted,
  catches: [
    { name: "Linode's default", resources: [cluster(null)], violations: [unset] },
    {
      name: "an access list that is switched off",
      resources: [cluster({ enabled: false, addresses: [{ ipv4s: ["203.0.113.0/24"] }] })],
      violations: [unset],
    },
    {
      name: "everyone among the ranges",
      resources: [cluster({ enabled: true, addresses: [{ ipv4s: ["203.0.113.0/24"], ipv6s: ["::/0"] }] })],
      violations: [open],
    },
  ],
  passes: [
    {
      name: "named ranges",
      resources: [cluster({ enabled: true, addresses: [{ ipv4s: ["203.0.113.0/24"] }] })],
    },
    { name: "nobody but the nodes", resources: [cluster({ enabled: true })] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one range is not known, another is everything",
        resources: [cluster({ enabled: true, addresses: [{ ipv4s: unknown, ipv6s: [unknown, "::/0"] }] })],
        violations: [open],
      },
      {
        name: "the ranges are not known, the list is off",
        resources: [cluster({ enabled: false, addresses: unknown })],
        violations: [unset],
      },
    ],
    passes: [{ name: "the access list is not known", resources: [cluster(unknown)] }],
  },
  faults: [
    faults.set(faults.lke, "controlPlane.acl.enabled", false),
    faults.set(faults.lke, "controlPlane.acl.addresses[].ipv4s", ["0.0.0.0/0"]),
  ],
};
