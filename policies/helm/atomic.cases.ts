import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { release } from "../testing/samples";
import { unknown } from "../value";
import { helmAtomic } from "./atomic";

export const helmAtomicCases: Cases = {
  policy: helmAtomic,
  catches: [
    {
      name: "Helm's defaults",
      resources: [release({ atomic: null, cleanupOnFail: false })],
      violations: ["sample: atomic is not true: set it.", "sample: cleanupOnFail is not true: set it."],
    },
    {
      name: "no wait, or too long a one",
      configuration: { maximumSeconds: 600 },
      resources: [release({ skipAwait: true, timeout: 3600 })],
      violations: [
        "sample: skipAwait is true, so a failure is not noticed: remove it.",
        "sample: timeout is 3600: set at most 600.",
      ],
    },
  ],
  passes: [{ name: "back and clean, in time", resources: [release({ timeout: 600 })] }],
  withUnknowns: {
    catches: [
      {
        name: "the values are not known",
        resources: [release({ values: unknown, atomic: false })],
        violations: ["sample: atomic is not true: set it."],
      },
    ],
    passes: [{ name: "not known", resources: [release({ atomic: unknown, timeout: unknown })] }],
  },
  faults: [
    faults.set(faults.release, "atomic", false),
    faults.set(faults.release, "cleanupOnFail", false),
    faults.set(faults.release, "timeout", 86400),
  ],
};
