import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, everyRole, pod } from "../testing/samples";
import { unknown, type Value } from "../value";
import { capabilities } from "./capabilities";

function withCapabilities(value: Value): Sample {
  return pod({ containers: [container({ securityContext: { capabilities: value } })] });
}

const keeps =
  'container "app" keeps capabilities: set spec.containers[0].securityContext.capabilities.drop to [ALL].';
const adds =
  'container "app" adds NET_ADMIN: remove it from spec.containers[0].securityContext.capabilities.add';

export const capabilitiesCases: Cases = {
  policy: capabilities,
  catches: [
    { name: "nothing dropped", resources: [withCapabilities({})], violations: [`app: ${keeps}`] },
    {
      name: "only some dropped",
      resources: [withCapabilities({ drop: ["NET_RAW"] })],
      violations: [`app: ${keeps}`],
    },
    {
      name: "one added back",
      resources: [withCapabilities({ drop: ["ALL"], add: ["NET_ADMIN"] })],
      violations: [`app: ${adds} (allowed: NET_BIND_SERVICE).`],
    },
    {
      name: "what the stack does not allow",
      configuration: { allowedAdditions: [] },
      resources: [withCapabilities({ drop: ["ALL"], add: ["NET_ADMIN"] })],
      violations: [`app: ${adds} (allowed: none).`],
    },
    {
      name: "a container of every role",
      resources: [everyRole(container({ securityContext: {} }))],
      violations: [
        `app: ${keeps}`,
        `app: ${keeps.replace("container", "init container").replace("containers[0]", "initContainers[0]")}`,
        `app: ${keeps.replace("container", "sidecar").replace("containers[0]", "initContainers[1]")}`,
        `app: ${keeps.replace("container", "ephemeral container").replace("containers[0]", "ephemeralContainers[0]")}`,
      ],
    },
  ],
  passes: [
    { name: "all dropped", resources: [withCapabilities({ drop: ["ALL"] })] },
    {
      name: "one added back that is allowed",
      resources: [withCapabilities({ drop: ["ALL"], add: ["NET_BIND_SERVICE"] })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "what is dropped is not known, what is added is",
        resources: [withCapabilities({ drop: unknown, add: [unknown, "NET_ADMIN"] })],
        violations: [`app: ${adds} (allowed: NET_BIND_SERVICE).`],
      },
    ],
    passes: [{ name: "one of the dropped is not known", resources: [withCapabilities({ drop: [unknown] })] }],
  },
  faults: [
    ...faults.everywhere("securityContext.capabilities.drop", []),
    ...faults.everywhere("securityContext.capabilities.add", ["SYS_ADMIN"]),
  ],
};
