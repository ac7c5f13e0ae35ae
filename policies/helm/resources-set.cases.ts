import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { release } from "../testing/samples";
import { unknown } from "../value";
import { helmResourcesSet } from "./resources-set";

const requests = { cpu: "100m", memory: "64Mi" };
const limits = { memory: "128Mi" };

export const helmResourcesSetCases: Cases = {
  policy: helmResourcesSet,
  catches: [
    {
      name: "nothing set",
      resources: [release({ values: { replicas: 2 } })],
      violations: ["sample: values sets no resources: set requests and limits."],
    },
    {
      name: "only half of it",
      resources: [release({ values: { server: { resources: { requests } }, worker: { resources: {} } } })],
      violations: [
        "sample: values.server.resources has no limits: set them.",
        "sample: values.worker.resources has no requests and no limits: set them.",
      ],
    },

    {
      name: "requests and limits of nothing",
      resources: [release({ values: { resources: { requests: { cpu: 0 }, limits: { cpu: "0" } } } })],
      violations: ["sample: values.resources has no requests and no limits: set them."],
    },
  ],
  passes: [
    {
      name: "requests and limits",
      resources: [release({ values: { server: { resources: { requests, limits } } } })],
    },
    ...[
      "./charts/app-1.2.3.tgz",
      "charts/app-v1.2.3-rc.1.tgz",
      "./charts/app",
      "oci://registry.test/charts/app",
    ].map((chart) => ({
      name: `a chart that makes no pods, from ${chart}`,
      configuration: { withoutPods: [{ names: ["app"], reason: "It makes definitions alone" }] },
      resources: [release({ chart, values: {} })],
    })),
    {
      name: "a chart that makes no pods",
      configuration: { withoutPods: [{ names: ["app"], reason: "It makes definitions alone" }] },
      resources: [release({ values: {} })],
    },
    {
      name: "something else of that name",
      resources: [
        release({ values: { resources: { requests, limits }, rbac: { resources: { pods: ["get"] } } } }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the requests are not known, limits are not there",
        resources: [release({ values: { server: { resources: { requests: unknown } } } })],
        violations: ["sample: values.server.resources has no limits: set them."],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [release({ values: unknown }), release({ values: { server: unknown } })],
      },
    ],
  },
  faults: [
    faults.only(/^(?!.*mesh-base)/, faults.set(faults.release, "values", {})),
    faults.set(faults.release, "values.extra", { resources: { requests: { cpu: 1 } } }),
  ],
};
