import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, everyRole, pod } from "../testing/samples";
import { unknown } from "../value";
import { readOnlyRoot } from "./read-only-root";

function mayWrite(label: string, path: string): string {
  return `app: ${label} may write to its image: set ${path}.securityContext.readOnlyRootFilesystem to true.`;
}

export const readOnlyRootCases: Cases = {
  policy: readOnlyRoot,
  catches: [
    {
      name: "nothing said, in a container of every role",
      resources: [everyRole(container({ securityContext: {} }))],
      violations: [
        mayWrite('container "app"', "spec.containers[0]"),
        mayWrite('init container "app"', "spec.initContainers[0]"),
        mayWrite('sidecar "app"', "spec.initContainers[1]"),
      ],
    },
    {
      name: "switched off",
      resources: [pod({ containers: [container({ securityContext: { readOnlyRootFilesystem: false } })] })],
      violations: [mayWrite('container "app"', "spec.containers[0]")],
    },
  ],
  passes: [
    {
      name: "read-only",
      resources: [pod({ containers: [container({ securityContext: { readOnlyRootFilesystem: true } })] })],
    },
    { name: "a container of every role", resources: [everyRole(container())] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one container is not known, the other is wrong",
        resources: [pod({ containers: [unknown, container({ image: unknown, securityContext: null })] })],
        violations: [mayWrite('container "app"', "spec.containers[1]")],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [
          pod({ containers: [container({ securityContext: { readOnlyRootFilesystem: unknown } })] }),
        ],
      },
    ],
  },
  faults: faults.everywhere("securityContext.readOnlyRootFilesystem", false),
};
