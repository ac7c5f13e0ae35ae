import { catalogue } from "../catalogue";
import type { Cases, Sample } from "../testing/cases";
import { unknown, type Value } from "../value";
import { exemptionPrefix } from "./exemption";
import { exemptionValid } from "./valid";

const policies = catalogue.map(({ id }) => id).filter((id) => !id.startsWith("exemption-"));

function exempted(text: Value, policy = "kubernetes-non-root"): Sample {
  return {
    type: "kubernetes:apps/v1:Deployment",
    properties: { metadata: { name: "web", annotations: { [`${exemptionPrefix}${policy}`]: text } } },
  };
}

function refused(fault: string): string {
  return `sample: ${exemptionPrefix}kubernetes-non-root: ${fault}; write "<last day> <reason>" or remove it.`;
}

/** Their day is `casesDay`. */
export const exemptionValidCases: Cases = {
  policy: exemptionValid(policies),
  catches: [
    {
      name: "expired yesterday",
      resources: [exempted("2026-06-14 The vendor's image needs root until 3.2")],
      violations: [refused("it expired after 2026-06-14")],
    },
    {
      name: "no reason",
      resources: [exempted("2026-07-01")],
      violations: [refused('"2026-07-01" gives no reason after the date')],
    },
    {
      name: "no date, or one that is not in the calendar",
      resources: [exempted("because"), exempted("2026-02-30 The vendor's image needs root")],
      violations: [
        refused('"because" does not begin with the exemption\'s last day, such as 2027-03-31'),
        refused(
          "\"2026-02-30 The vendor's image needs root\" does not begin with the exemption's last day, such as 2027-03-31",
        ),
      ],
    },
    {
      name: "a policy that does not exist",
      resources: [exempted("2026-07-01 The vendor's image needs root", "non-root")],
      violations: [
        `sample: ${exemptionPrefix}non-root: there is no policy non-root; known are ${policies.join(", ")}.`,
      ],
    },
    {
      name: "from the policies about exemptions",
      resources: [exempted("2026-07-01 It is in the way", "exemption-valid")],
      violations: [
        `sample: ${exemptionPrefix}exemption-valid: nothing can be exempted from exemption-valid; remove it.`,
      ],
    },
    {
      name: "for longer than the stack allows",
      resources: [exempted("2026-12-13 The vendor's image needs root")],
      violations: [
        `sample: ${exemptionPrefix}kubernetes-non-root: 2026-12-13 is 181 days away; at most 180 are allowed.`,
      ],
    },
    {
      name: "on an AWS resource",
      resources: [
        {
          type: "aws:s3/bucket:Bucket",
          properties: { tags: { [`${exemptionPrefix}kubernetes-non-root`]: "2026-07-01" } },
        },
      ],
      violations: [refused('"2026-07-01" gives no reason after the date')],
    },
  ],
  passes: [
    {
      name: "with a last day and a reason",
      resources: [exempted("2026-07-01 The vendor's image needs root until 3.2")],
    },
    { name: "on its last day", resources: [exempted("2026-06-15 The vendor's image needs root")] },
    {
      name: "as long as the stack allows",
      configuration: { maximumDays: 300 },
      resources: [exempted("2026-12-13 The vendor's image needs root")],
    },
    {
      name: "no exemption",
      resources: [{ type: "aws:s3/bucket:Bucket", properties: { tags: { team: "ai" } } }],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the rest of the resource is not known",
        resources: [
          {
            ...exempted("2026-07-01"),
            properties: {
              ...{ spec: unknown, status: unknown },
              metadata: {
                annotations: { [`${exemptionPrefix}kubernetes-non-root`]: "2026-07-01", other: unknown },
              },
            },
          },
        ],
        violations: [refused('"2026-07-01" gives no reason after the date')],
      },
    ],
    passes: [{ name: "the text is not known", resources: [exempted(unknown)] }],
  },
};
