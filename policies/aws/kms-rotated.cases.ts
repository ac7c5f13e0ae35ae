import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { kmsRotated } from "./kms-rotated";

const key = (properties: Values): Sample => ({ type: "aws:kms/key:Key", properties });
const still = "sample: enableKeyRotation is not true: set it.";

export const kmsRotatedCases: Cases = {
  policy: kmsRotated,
  catches: [
    { name: "AWS's default", resources: [key({})], violations: [still] },
    {
      name: "gone too soon",
      configuration: { minimumWindowDays: 30 },
      resources: [key({ enableKeyRotation: true, deletionWindowInDays: 7 })],
      violations: ["sample: deletionWindowInDays is 7: set at least 30."],
    },
  ],
  passes: [
    { name: "rotated", resources: [key({ enableKeyRotation: true, deletionWindowInDays: 30 })] },
    { name: "a key that AWS cannot rotate", resources: [key({ customerMasterKeySpec: "RSA_2048" })] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its policy is not known",
        resources: [key({ policy: unknown, enableKeyRotation: false })],
        violations: [still],
      },
    ],
    passes: [{ name: "not known", resources: [key({ enableKeyRotation: unknown })] }],
  },
  faults: [faults.set(/kms\/key:Key$/, "enableKeyRotation", false)],
};
