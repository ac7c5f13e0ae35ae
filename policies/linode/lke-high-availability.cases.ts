import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { lkeHighAvailability } from "./lke-high-availability";

function cluster(properties: Values): Sample {
  return { type: "linode:index/lkeCluster:LkeCluster", properties: { label: "prod", ...properties } };
}

const single = "sample: controlPlane.highAvailability is not true: set it.";

export const lkeHighAvailabilityCases: Cases = {
  policy: lkeHighAvailability,
  catches: [
    { name: "Linode's default", resources: [cluster({ k8sVersion: "1.35" })], violations: [single] },
    {
      name: "whatever version",
      resources: [cluster({ controlPlane: { highAvailability: true } })],
      violations: ["sample: k8sVersion is not set: pin it."],
    },
  ],
  passes: [
    {
      name: "highly available",
      resources: [cluster({ k8sVersion: "1.35", controlPlane: { highAvailability: true } })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the version is not known",
        resources: [cluster({ k8sVersion: unknown, controlPlane: { highAvailability: false } })],
        violations: [single],
      },
    ],
    passes: [{ name: "not known", resources: [cluster({ k8sVersion: "1.35", controlPlane: unknown })] }],
  },
  faults: [
    faults.set(faults.lke, "controlPlane.highAvailability", false),
    faults.without(faults.lke, "k8sVersion"),
  ],
};
