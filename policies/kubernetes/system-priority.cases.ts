import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, object, pod } from "../testing/samples";
import { unknown } from "../value";
import { systemPriority } from "./system-priority";

const spec = { containers: [container()] };
const all = { operator: "Exists" };

export const systemPriorityCases: Cases = {
  policy: systemPriority,
  catches: [
    {
      name: "above everything, on every node",
      resources: [pod({ ...spec, priorityClassName: "system-node-critical", tolerations: [all] })],
      violations: [
        "app: spec.priorityClassName is system-node-critical: set a class of the stack.",
        "app: spec.tolerations[0] tolerates every taint: name its key.",
      ],
    },
    {
      name: "an agent of nodes above everything, in a namespace that is not declared",
      configuration: { agents: [{ names: ["node-agents"], reason: "They read the node" }] },
      resources: [
        object("apps/v1:DaemonSet", "agent", {
          template: { spec: { ...spec, priorityClassName: "system-cluster-critical" } },
        }),
      ],
      violations: [
        "agent: spec.template.spec.priorityClassName is system-cluster-critical: set a class of the stack.",
      ],
    },
  ],
  passes: [
    {
      name: "a class of the stack, and a taint by its key",
      resources: [
        pod({
          ...spec,
          priorityClassName: "production",
          tolerations: [
            { key: "spot", operator: "Exists" },
            { key: "gpu", operator: "Equal", value: "true" },
          ],
        }),
      ],
    },
    {
      name: "agents of nodes",
      configuration: { agents: [{ names: ["node-agents"], reason: "They read the node" }] },
      resources: [
        object("apps/v1:DaemonSet", "agent", { template: { spec: { ...spec, tolerations: [all] } } }),
        object(
          "apps/v1:DaemonSet",
          "collector",
          { template: { spec: { ...spec, priorityClassName: "system-node-critical" } } },
          { namespace: "node-agents" },
        ),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its image is not known",
        resources: [pod({ containers: [container({ image: unknown })], tolerations: [all] })],
        violations: ["app: spec.tolerations[0] tolerates every taint: name its key."],
      },
    ],
    passes: [
      { name: "not known", resources: [pod({ ...spec, priorityClassName: unknown, tolerations: unknown })] },
    ],
  },
  faults: [
    ...faults.pod("priorityClassName", "system-node-critical"),
    ...faults.pod("tolerations", faults.appended({ operator: "Exists" })),
  ],
};
