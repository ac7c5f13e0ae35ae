import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, everyRole, pod } from "../testing/samples";
import { unknown } from "../value";
import { seccomp } from "./seccomp";

const silent = container({ securityContext: {} });
const unconfined = container({ securityContext: { seccompProfile: { type: "Unconfined" } } });
const runtimeDefault = { seccompProfile: { type: "RuntimeDefault" } };

function found(label: string, what: string, path: string): string {
  return `app: ${label} ${what}: set ${path}.securityContext.seccompProfile.type (or the pod's) to RuntimeDefault.`;
}

export const seccompCases: Cases = {
  policy: seccomp,
  catches: [
    {
      name: "no profile, in a container of every role",
      resources: [everyRole(silent)],
      violations: [
        found('container "app"', "has no seccomp profile", "spec.containers[0]"),
        found('init container "app"', "has no seccomp profile", "spec.initContainers[0]"),
        found('sidecar "app"', "has no seccomp profile", "spec.initContainers[1]"),
        found('ephemeral container "app"', "has no seccomp profile", "spec.ephemeralContainers[0]"),
      ],
    },
    {
      name: "a container that takes the pod's away",
      resources: [pod({ securityContext: runtimeDefault, containers: [unconfined] })],
      violations: [found('container "app"', "runs under seccomp Unconfined", "spec.containers[0]")],
    },
  ],
  passes: [
    {
      name: "the pod speaks for its containers",
      resources: [pod({ securityContext: runtimeDefault, containers: [silent] })],
    },
    { name: "each container speaks for itself", resources: [everyRole(container())] },
    {
      name: "a profile of the node's",
      resources: [
        pod({
          securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "app.json" } },
          containers: [silent],
        }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the pod's is not known, the container's is",
        resources: [pod({ securityContext: unknown, containers: [unconfined] })],
        violations: [found('container "app"', "runs under seccomp Unconfined", "spec.containers[0]")],
      },
    ],
    passes: [
      {
        name: "the pod's is not known",
        resources: [pod({ securityContext: unknown, containers: [silent] })],
      },
    ],
  },
  faults: faults.everywhere("securityContext.seccompProfile.type", "Unconfined"),
};
