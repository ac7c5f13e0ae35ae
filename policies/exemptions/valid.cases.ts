import { catalogue } from "../catalogue";
import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value } from "../value";
import { exemptionPrefix } from "./exemption";
import { exemptionValid } from "./valid";

const policies = catalogue.filter(({ id }) => !id.startsWith("exemption-"));
const ids = policies.map(({ id }) => id);

function exempted(text: Value, policy = "kubernetes-non-root"): Sample {
  return {
    type: "kubernetes:apps/v1:Deployment",
    properties: { metadata: { name: "web", annotations: { [`${exemptionPrefix}${policy}`]: text } } },
  };
}

function refused(fault: string): string {
  return `sample: ${exemptionPrefix}kubernetes-non-root: ${fault}; write "<last day> @<owner> <reason>" or remove it.`;
}

const critical = "kubernetes-privilege";

/** Relative to `casesDay`. */
const expired = "policies.ai-platform/exempt-kubernetes-non-root";

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
        `sample: ${exemptionPrefix}non-root: there is no policy non-root; known are ${ids.join(", ")}.`,
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
        `sample: ${exemptionPrefix}kubernetes-non-root: 2026-12-13 is 181 days away; at most 90 are allowed.`,
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

    {
      name: "a reason that says nothing",
      resources: [exempted("2026-07-01 TODO fix later"), exempted("2026-07-01 it is needed")],
      violations: ["TODO fix later", "it is needed"].map((reason) =>
        refused(`"${reason}" says nothing: what is in the way, and until when?`),
      ),
    },
    {
      name: "from a critical policy without an owner, by another one, or for long",
      configuration: { owners: ["@platform"] },
      resources: [
        exempted("2026-07-01 The driver loads a module of the kernel", critical),
        exempted("2026-07-01 @shop The driver loads a module of the kernel", critical),
        exempted("2026-08-01 @platform The driver loads a module of the kernel", critical),
      ],
      violations: [
        `sample: ${exemptionPrefix}${critical}: it is from a critical policy and names no owner who answers for it, such as @payments; write "<last day> @<owner> <reason>" or remove it.`,
        `sample: ${exemptionPrefix}${critical}: @shop is none of @platform, who may answer for it.`,
        `sample: ${exemptionPrefix}${critical}: 2026-08-01 is 47 days away; at most 30 are allowed.`,
      ],
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
      configuration: { highDays: 300 },
      resources: [exempted("2026-12-13 The vendor's image needs root")],
    },
    {
      name: "no exemption",
      resources: [{ type: "aws:s3/bucket:Bucket", properties: { tags: { team: "ai" } } }],
    },

    {
      name: "from a critical policy, by its owner",
      configuration: { owners: ["@platform"] },
      resources: [exempted("2026-07-01 @platform The driver loads a module of the kernel", critical)],
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
  faults: [
    faults.set(faults.own, `metadata.annotations`, { [expired]: "2020-01-01 It is late" }),
    faults.set(faults.own, `metadata.annotations`, { [expired]: "because" }),
    faults.set(faults.own, `metadata.annotations`, {
      "policies.ai-platform/exempt-kubernetes-privilege": "2026-11-30 The vendor's image needs it",
    }),
  ],
};
