import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { release } from "../testing/samples";
import { unknown } from "../value";
import { helmRepository } from "./repository";

const configuration = { repositories: ["https://charts.example.com/", "oci://ghcr.io/nginx"] };
const others = "is none of https://charts.example.com/, oci://ghcr.io/nginx.";

export const helmRepositoryCases: Cases = {
  policy: helmRepository,
  catches: [
    {
      name: "another repository",
      configuration,
      resources: [release({ repositoryOpts: { repo: "https://charts.example.com.evil.example" } })],
      violations: [`sample: https://charts.example.com.evil.example ${others}`],
    },
    {
      name: "another registry",
      configuration,
      resources: [release({ chart: "oci://ghcr.io/other/app", repositoryOpts: null })],
      violations: [`sample: oci://ghcr.io/other/app ${others}`],
    },
  ],
  passes: [
    {
      name: "repositories that the stack names",
      configuration,
      resources: [
        release({}),
        release({ chart: "oci://ghcr.io/nginx/charts/ingress", repositoryOpts: null }),
      ],
    },
    {
      name: "a stack that names none",
      resources: [release({ repositoryOpts: { repo: "https://a.example" } })],
    },
    {
      name: "a chart in a folder",
      configuration,
      resources: [release({ chart: "./app", repositoryOpts: null })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the values are not known",
        configuration,
        resources: [release({ values: unknown, chart: "oci://quay.io/app" })],
        violations: [`sample: oci://quay.io/app ${others}`],
      },
    ],
    passes: [
      {
        name: "not known",
        configuration,
        resources: [release({ repositoryOpts: unknown }), release({ chart: unknown })],
      },
    ],
  },
  faults: [faults.set(faults.release, "chart", "oci://registry.evil.example/charts/app")],
};
