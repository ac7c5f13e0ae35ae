import type { Cases } from "../testing/cases";
import { release } from "../testing/samples";
import { unknown } from "../value";
import { helmPinned } from "./pinned";

const newest = "sample: version is not set, which takes the newest: pin it.";

export const helmPinnedCases: Cases = {
  policy: helmPinned,
  catches: [
    { name: "the newest", resources: [release({ version: null })], violations: [newest] },
    {
      name: "a range",
      resources: [release({ version: "^1.2.0" }), release({ version: "1.x" })],
      violations: [
        "sample: version ^1.2.0 is a range: name one version.",
        "sample: version 1.x is a range: name one version.",
      ],
    },
  ],
  passes: [
    { name: "one version", resources: [release({}), release({ version: "v1.2.3-rc.1+build" })] },
    { name: "a chart in a folder", resources: [release({ chart: "./charts/app", version: null })] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the values are not known",
        resources: [release({ values: unknown, version: null })],
        violations: [newest],
      },
    ],
    passes: [{ name: "not known", resources: [release({ version: unknown })] }],
  },
};
