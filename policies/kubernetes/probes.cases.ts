import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, everyWorkload, pod } from "../testing/samples";
import { unknown } from "../value";
import { probes } from "./probes";

const blind = container({ livenessProbe: null, readinessProbe: null });
const both = 'container "app": set spec.containers[0].readinessProbe and spec.containers[0].livenessProbe.';

export const probesCases: Cases = {
  policy: probes,
  catches: [
    { name: "no probes", resources: [pod({ containers: [blind] })], violations: [`app: ${both}`] },
    {
      name: "only one of them",
      resources: [pod({ containers: [container({ livenessProbe: null })] })],
      violations: ['app: container "app": set spec.containers[0].livenessProbe.'],
    },
    {
      name: "what the stack demands besides",
      configuration: { demanded: ["startupProbe"] },
      resources: [pod({ containers: [container()] })],
      violations: ['app: container "app": set spec.containers[0].startupProbe.'],
    },
    {
      name: "every kind of workload that serves",
      resources: everyWorkload({ containers: [blind] }),
      violations: everyWorkload({})
        .filter(({ name }) => !name?.endsWith("Job"))
        .map(({ name }) => `${name}: ${both.replaceAll("spec.c", "spec.template.spec.c")}`),
    },
  ],
  passes: [
    { name: "both probes", resources: [pod({ containers: [container()] })] },
    {
      name: "containers that come and go",
      resources: [pod({ containers: [container()], initContainers: [blind], ephemeralContainers: [blind] })],
    },
    { name: "a pod that finishes", resources: [pod({ restartPolicy: "Never", containers: [blind] })] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the liveness probe is not known, the other is not there",
        resources: [pod({ containers: [container({ livenessProbe: unknown, readinessProbe: null })] })],
        violations: ['app: container "app": set spec.containers[0].readinessProbe.'],
      },
    ],
    passes: [
      {
        name: "whether the pod finishes is not known",
        resources: [pod({ restartPolicy: unknown, containers: [blind] })],
      },
      {
        name: "the probes are not known",
        resources: [pod({ containers: [container({ livenessProbe: unknown, readinessProbe: unknown })] })],
      },
    ],
  },
  faults: ["readinessProbe", "livenessProbe"].map((probe) =>
    faults.without(faults.deployment, `spec.template.spec.containers[].${probe}`),
  ),
};
