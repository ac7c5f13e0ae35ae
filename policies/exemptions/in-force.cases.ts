import type { Cases, Sample } from "../testing/cases";
import { unknown, type Value } from "../value";
import { exemptionPrefix } from "./exemption";
import { exemptionInForce } from "./in-force";

function exempted(text: Value): Sample {
  return {
    type: "kubernetes:apps/v1:Deployment",
    properties: {
      metadata: { name: "web", annotations: { [`${exemptionPrefix}kubernetes-non-root`]: text } },
    },
  };
}

const shown = "sample: exempt from kubernetes-non-root until 2026-07-01: The vendor's image needs root";

/** Relative to `casesDay`. */
export const exemptionInForceCases: Cases = {
  policy: exemptionInForce,
  catches: [
    {
      name: "an exemption that counts is shown",
      resources: [exempted("2026-07-01 The vendor's image needs root")],
      violations: [shown],
    },

    {
      name: "with who answers for it",
      resources: [exempted("2026-07-01 @shop The vendor's image needs root")],
      violations: [shown.replace(": The", " by @shop: The")],
    },
  ],
  passes: [
    {
      name: "no exemption",
      resources: [{ type: "kubernetes:apps/v1:Deployment", properties: { metadata: {} } }],
    },
    {
      name: "an exemption that does not count",
      resources: [exempted("2026-06-01 The vendor's image needs root")],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "another tag is not known",
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            properties: {
              tags: {
                name: unknown,
                [`${exemptionPrefix}kubernetes-non-root`]: "2026-07-01 The vendor's image needs root",
              },
            },
          },
        ],
        violations: [shown],
      },
    ],
    passes: [{ name: "the text is not known", resources: [exempted(unknown)] }],
  },
};
