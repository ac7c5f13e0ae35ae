import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { trailComplete } from "./trail-complete";

function trail(properties: Values): Sample {
  return { type: "aws:cloudtrail/trail:Trail", properties: { s3BucketName: "trail", ...properties } };
}

const whole = { isMultiRegionTrail: true, enableLogFileValidation: true };

/** Trails of one account: a name for each. */
function trails(...each: readonly Values[]): readonly Sample[] {
  return each.map((properties, index) => ({ ...trail({ ...whole, ...properties }), name: `trail-${index}` }));
}

const basic = (...eventSelectors: readonly Values[]): Values => ({ eventSelectors });

const advanced = (...fieldSelectors: readonly Values[]): Values => ({
  advancedEventSelectors: [{ fieldSelectors }],
});

const management = { field: "eventCategory", equals: ["Management"] };
const data = basic({
  includeManagementEvents: false,
  dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3:::models/"] }],
});
const advancedData = advanced({ field: "eventCategory", equals: ["Data"] });

const basicRemedy = "set readWriteType to All and includeManagementEvents to true in one of eventSelectors";
const advancedRemedy =
  "add one of advancedEventSelectors whose only field is eventCategory, equal to Management";

/** What is said of a trail that leaves out all management events. */
const silent = (name: string, remedy: string): readonly string[] =>
  ["reads", "writes"].map((kind) => `${name}: no trail records management ${kind}: ${remedy}.`);

/** What may or may not record all. */
const undecided: readonly Values[] = [
  { eventSelectors: unknown },
  { eventSelectors: [unknown] },
  basic({ readWriteType: unknown }),
  basic({ includeManagementEvents: unknown }),
  { advancedEventSelectors: [unknown] },
  advanced({ field: unknown, equals: ["Data"] }),
  advanced({ field: "eventCategory", equals: unknown }),
];

export const trailCompleteCases: Cases = {
  policy: trailComplete,
  catches: [
    {
      name: "AWS's default, one region and no digests",
      resources: [trail({})],
      violations: [
        "sample: isMultiRegionTrail is not true: set it.",
        "sample: enableLogFileValidation is not true: set it.",
      ],
    },
    {
      name: "a trail that is off, and one without global services",
      resources: trails({ enableLogging: false }, { includeGlobalServiceEvents: false }),
      violations: [
        "trail-0: enableLogging is false: remove it.",
        "trail-1: includeGlobalServiceEvents is false: remove it.",
      ],
    },
    {
      name: "the only trail records reads alone",
      resources: trails(basic({ readWriteType: "ReadOnly" })),
      violations: [`trail-0: no trail records management writes: ${basicRemedy}.`],
    },
    {
      name: "the only trail records what is done with data, in either kind of selectors",
      resources: trails(data),
      violations: silent("trail-0", basicRemedy),
    },
    {
      name: "advanced selectors for data, and for a part of the management events",
      resources: trails(
        advancedData,
        advanced(
          management,
          { field: "readOnly", equals: ["false"] },
          { field: "eventName", equals: ["RunInstances"] },
        ),
      ),
      violations: [...silent("trail-0", advancedRemedy), ...silent("trail-1", advancedRemedy)],
    },
    {
      name: "advanced selectors for writes alone",
      resources: trails(advanced(management, { field: "readOnly", equals: ["false"] })),
      violations: [`trail-0: no trail records management reads: ${advancedRemedy}.`],
    },
    {
      name: "services that are left out",
      resources: [...trails(basic({ excludeManagementEventSources: ["kms.amazonaws.com"] }))],
      violations: [
        "trail-0: no trail records the events of kms.amazonaws.com: remove it from excludeManagementEventSources.",
      ],
    },
    {
      name: "services that advanced selectors leave out",
      resources: trails(advanced(management, { field: "eventSource", notEquals: ["kms.amazonaws.com"] })),
      violations: ["trail-0: no trail records the events of kms.amazonaws.com: remove it from notEquals."],
    },
    {
      name: "a trail for data beside a complete one that is off",
      resources: trails(data, { enableLogging: false }),
      violations: [...silent("trail-0", basicRemedy), "trail-1: enableLogging is false: remove it."],
    },
  ],
  passes: [
    { name: "all of it", resources: [trail(whole)] },
    {
      name: "a trail for data beside one for all management events",
      resources: trails(data, basic({ readWriteType: "All", includeManagementEvents: true })),
    },
    {
      name: "advanced selectors for both, and another trail for one service",
      resources: trails(
        {
          advancedEventSelectors: [
            { fieldSelectors: [management] },
            { fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] },
          ],
        },
        advanced(management, { field: "eventSource", equals: ["iam.amazonaws.com"] }),
      ),
    },
    {
      name: "reads and writes in one trail each",
      resources: trails(basic({ readWriteType: "ReadOnly" }), basic({ readWriteType: "WriteOnly" })),
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its bucket is not known",
        resources: [trail({ ...whole, s3BucketName: unknown, isMultiRegionTrail: false })],
        violations: ["sample: isMultiRegionTrail is not true: set it."],
      },
    ],
    passes: [
      { name: "not known", resources: [trail({ ...whole, isMultiRegionTrail: unknown })] },
      ...undecided.map((properties, index) => ({
        name: `what is recorded is not known, ${index + 1}`,
        resources: trails(properties),
      })),
      {
        name: "the other trail may record all",
        resources: trails(data, { eventSelectors: unknown }),
      },
    ],
  },
  faults: [
    faults.beside(/:Vpc$/, "aws:cloudtrail/trail:Trail", {
      isMultiRegionTrail: false,
      enableLogFileValidation: true,
    }),
    faults.beside(/:Vpc$/, "aws:cloudtrail/trail:Trail", { isMultiRegionTrail: true }),
    faults.beside(/:Vpc$/, "aws:cloudtrail/trail:Trail", { ...whole, ...data }),
  ],
};
