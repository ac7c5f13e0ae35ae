import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
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

    {
      name: "images that move, and an archive of no version",
      resources: [
        release({
          values: {
            image: { repository: "x", tag: "latest" },
            sidecar: { image: "registry.example.com/x:edge" },
          },
        }),
        release({ chart: "https://charts.example.com/app-latest.tgz", version: null }),
      ],
      violations: [
        "sample: values.image.tag is latest, which moves: give the image a version.",
        "sample: values.sidecar.image is registry.example.com/x:edge, which moves: give the image a version.",
        "sample: chart https://charts.example.com/app-latest.tgz names no version, and so is what lies there: take an archive of one version.",
      ],
    },
  ],
  passes: [
    { name: "one version", resources: [release({}), release({ version: "v1.2.3-rc.1+build" })] },
    { name: "a chart in a folder", resources: [release({ chart: "./charts/app", version: null })] },

    {
      name: "images by version, and an archive of one",
      resources: [
        release({
          values: { image: { repository: "x", tag: "v1.2.3" }, other: { image: "x:1.2.3", tag: "" } },
        }),
        release({ chart: "https://charts.example.com/app-1.2.3.tgz", version: null }),
      ],
    },
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
  faults: [
    faults.set(faults.release, "values.image.tag", "latest"),
    faults.without(faults.release, "version"),
    faults.set(faults.release, "version", ">=1.0.0"),
  ],
};
