import type { Cases, Fault, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, eksCluster, eksPool, object } from "../testing/samples";
import { isObject, unknown, type Values } from "../value";
import { spotSafe } from "./spot-safe";

const nodeSelector = { lifecycle: "spot" };
const pools = [
  eksCluster,
  eksPool("spot", { capacityType: "SPOT", labels: nodeSelector }),
  eksPool("general", { labels: { lifecycle: "on-demand" } }),
];

function workload(kind: string, spec: Values, pod: Values = {}): Sample {
  const template = { spec: { containers: [container()], nodeSelector, ...pod } };
  return object(kind, "batch", { ...spec, template });
}

const only = "batch: it can only run on spot nodes (spot)";

const spotAlone: Fault = {
  ...faults.set(faults.deployment, "spec.template.spec", (spec) => ({
    ...(isObject(spec) ? spec : {}),
    nodeSelector: { lifecycle: "spot" },
    tolerations: [{ operator: "Exists" }],
  })),
  name: "only on spot nodes",
};

export const spotSafeCases: Cases = {
  policy: spotSafe,
  catches: [
    {
      name: "a single replica",
      resources: [...pools, workload("apps/v1:Deployment", { replicas: 1 })],
      violations: [`${only} with 1 replica: raise spec.replicas to 2.`],
    },
    {
      name: "state",
      resources: [...pools, workload("apps/v1:StatefulSet", { replicas: 3 })],
      violations: [`${only} and keeps state: give it a pool on demand.`],
    },
    {
      name: "a job that is not tried again, and a slow end",
      resources: [
        ...pools,
        workload("batch/v1:Job", { backoffLimit: 0 }, { terminationGracePeriodSeconds: 300 }),
      ],
      violations: [
        `${only} and is not tried again: raise spec.backoffLimit to 1.`,
        `${only} and takes 300 s to end: lower spec.template.spec.terminationGracePeriodSeconds to 120.`,
      ],
    },
  ],
  passes: [
    {
      name: "two replicas, and a job that is tried again",
      resources: [
        ...pools,
        workload("apps/v1:Deployment", { replicas: 2 }),
        workload("batch/v1:Job", { backoffLimit: 2 }),
      ],
    },
    {
      name: "a pool on demand besides",
      resources: [...pools, workload("apps/v1:StatefulSet", {}, { nodeSelector: null })],
    },
    { name: "a cluster that is not the stack's", resources: [workload("apps/v1:StatefulSet", {})] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the containers are not known, where they run is",
        resources: [...pools, workload("apps/v1:StatefulSet", {}, { containers: unknown })],
        violations: [`${only} and keeps state: give it a pool on demand.`],
      },
    ],
    passes: [
      {
        name: "where it runs, or how many there are, is not known",
        resources: [
          ...pools,
          workload("apps/v1:StatefulSet", {}, { nodeSelector: unknown }),
          { ...workload("apps/v1:Deployment", { replicas: unknown }), name: "many" },
        ],
      },
    ],
  },
  faults: [faults.only(/rabbitmq-operators/, spotAlone)],
};
