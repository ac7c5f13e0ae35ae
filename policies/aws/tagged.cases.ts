import type { Cases, Sample } from "../testing/cases";
import { unknown, type Value } from "../value";
import { tagged } from "./tagged";

const configuration = { tags: ["team", "cost-center"] };

function vpc(tags: Value, defaultTags: Value = null): Sample {
  return { type: "aws:ec2/vpc:Vpc", properties: { tags }, providerProperties: { defaultTags } };
}

export const taggedCases: Cases = {
  policy: tagged,
  catches: [
    {
      name: "a tag that is not there",
      configuration,
      resources: [vpc({ team: "ai" }), vpc(null)],
      violations: [
        "sample: tags lacks cost-center: add what is missing.",
        "sample: tags lacks team, cost-center: add what is missing.",
      ],
    },
  ],
  passes: [
    {
      name: "all of them",
      configuration,
      resources: [vpc({ team: "ai", "cost-center": "7" })],
    },
    {
      name: "the provider's",
      configuration,
      resources: [
        vpc({ team: "ai" }, JSON.stringify({ tags: { "cost-center": "7" } })),
        vpc(null, { tags: { team: "ai", "cost-center": "7" } }),
      ],
    },
    { name: "a stack that demands none", resources: [vpc(null)] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "a value is not known, a key is not there",
        configuration,
        resources: [vpc({ team: unknown })],
        violations: ["sample: tags lacks cost-center: add what is missing."],
      },
    ],
    passes: [{ name: "not known", configuration, resources: [vpc(unknown), vpc(null, unknown)] }],
  },
};
