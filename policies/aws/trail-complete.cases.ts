import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { trailComplete } from "./trail-complete";

function trail(properties: Values): Sample {
  return { type: "aws:cloudtrail/trail:Trail", properties: { s3BucketName: "trail", ...properties } };
}

const whole = { isMultiRegionTrail: true, enableLogFileValidation: true };

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
      resources: [
        trail({ ...whole, enableLogging: false }),
        trail({ ...whole, includeGlobalServiceEvents: false }),
      ],
      violations: [
        "sample: enableLogging is false: remove it.",
        "sample: includeGlobalServiceEvents is false: remove it.",
      ],
    },
  ],
  passes: [{ name: "all of it", resources: [trail(whole)] }],
  withUnknowns: {
    catches: [
      {
        name: "its bucket is not known",
        resources: [trail({ ...whole, s3BucketName: unknown, isMultiRegionTrail: false })],
        violations: ["sample: isMultiRegionTrail is not true: set it."],
      },
    ],
    passes: [{ name: "not known", resources: [trail({ ...whole, isMultiRegionTrail: unknown })] }],
  },
  faults: [
    faults.beside(/:Vpc$/, "aws:cloudtrail/trail:Trail", {
      isMultiRegionTrail: false,
      enableLogFileValidation: true,
    }),
    faults.beside(/:Vpc$/, "aws:cloudtrail/trail:Trail", { isMultiRegionTrail: true }),
  ],
};
