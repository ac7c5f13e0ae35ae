import type { Cases, Fault, Sample } from "../testing/cases";
import { isObject, unknown, type Value } from "../value";
import { tagged } from "./tagged";

const configuration = { tags: ["team", "cost-center"] };

function vpc(tags: Value, defaultTags: Value = null): Sample {
  return { type: "aws:ec2/vpc:Vpc", properties: { tags }, providerProperties: { defaultTags } };
}

const untagged: Fault = {
  name: "no tags, not even the provider's",
  break: ({ providerProperties, properties, ...sample }) =>
    /^aws:(s3\/bucket:|eks\/(cluster|nodeGroup):|kms\/key:|ec2\/vpc:)/.test(sample.type)
      ? [{ ...sample, properties: { ...(isObject(properties) ? properties : {}), tags: {} } }]
      : undefined,
};

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
  faults: [untagged],
};
