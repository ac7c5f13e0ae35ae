import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value } from "../value";
import { imdsV2 } from "./imds-v2";

function template(metadataOptions: Value): Sample {
  return { type: "aws:ec2/launchTemplate:LaunchTemplate", properties: { metadataOptions } };
}

const open = 'sample: metadataOptions.httpTokens is not "required": set it.';
const far = "sample: metadataOptions.httpPutResponseHopLimit is 2: set 1.";

export const imdsV2Cases: Cases = {
  policy: imdsV2,
  catches: [
    { name: "AWS's default", resources: [template(null)], violations: [open] },
    {
      name: "tokens that nobody needs",
      resources: [template({ httpTokens: "optional" })],
      violations: [open],
    },
    {
      name: "in reach of every pod",
      resources: [template({ httpTokens: "required", httpPutResponseHopLimit: 2 })],
      violations: [far],
    },

    {
      name: "nodes by EKS's own template, and other machines",
      resources: [
        { type: "aws:eks/nodeGroup:NodeGroup", properties: { version: "1.35" } },
        { type: "aws:ec2/launchConfiguration:LaunchConfiguration", properties: { imageId: "ami-1" } },
      ],
      violations: [
        "sample: launchTemplate is not set, and EKS's own allows two hops: name one whose metadataOptions demand a token and one hop.",
        open,
      ],
    },
  ],
  passes: [
    {
      name: "tokens, one hop",
      resources: [template({ httpTokens: "required", httpPutResponseHopLimit: 1 })],
    },
    { name: "switched off", resources: [template({ httpEndpoint: "disabled" })] },
    {
      name: "as many hops as the stack allows",
      configuration: { maximumHops: 2 },
      resources: [template({ httpTokens: "required", httpPutResponseHopLimit: 2 })],
    },

    {
      name: "nodes by a template",
      resources: [{ type: "aws:eks/nodeGroup:NodeGroup", properties: { launchTemplate: { id: "lt-1" } } }],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "whether tokens are needed is not known, how far it reaches is",
        resources: [template({ httpTokens: unknown, httpPutResponseHopLimit: 2 })],
        violations: [far],
      },
    ],
    passes: [{ name: "not known", resources: [template(unknown), template({ httpEndpoint: unknown })] }],
  },
  faults: [
    faults.without(/:NodeGroup$/, "launchTemplate"),
    faults.set(faults.template, "metadataOptions.httpTokens", "optional"),
    faults.without(faults.template, "metadataOptions"),
    faults.set(faults.template, "metadataOptions.httpPutResponseHopLimit", 2),
  ],
};
