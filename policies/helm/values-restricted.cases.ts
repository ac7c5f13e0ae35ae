import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { release } from "../testing/samples";
import { unknown } from "../value";
import { helmValuesRestricted } from "./values-restricted";

const logs = {
  daemonSetVolumes: [{ name: "logs", hostPath: { path: "/var/log" } }],
};

export const helmValuesRestrictedCases: Cases = {
  policy: helmValuesRestricted,
  catches: [
    {
      name: "a privileged container, in a context of any name",
      resources: [
        release({
          values: {
            securityContext: { privileged: true },
            server: { containerSecurityContext: { allowPrivilegeEscalation: true } },
          },
        }),
      ],
      violations: [
        "sample: values.securityContext.privileged is true, so the container may become root of its node: remove it.",
        "sample: values.server.containerSecurityContext.allowPrivilegeEscalation is true, so the container may become root of its node: remove it.",
      ],
    },
    {
      name: "namespaces of the node",
      resources: [release({ values: { server: { hostNetwork: true }, agent: { hostPID: true } } })],
      violations: [
        "sample: values.server.hostNetwork is true, so the pod shares it with its node: remove it.",
        "sample: values.agent.hostPID is true, so the pod shares it with its node: remove it.",
      ],
    },
    {
      name: "a path of the node, and a capability",
      resources: [
        release({
          values: {
            ...logs,
            securityContext: { capabilities: { add: ["NET_BIND_SERVICE", "SYS_ADMIN"] } },
          },
        }),
      ],
      violations: [
        "sample: values.daemonSetVolumes[0].hostPath.path is /var/log, a path of the node: remove it.",
        "sample: values.securityContext.capabilities.add adds SYS_ADMIN: remove it.",
      ],
    },
    {
      name: "what another chart needs, and another value of this one",
      resources: [release({ values: { ...logs, hostNetwork: true } })],
      configuration: {
        needed: [
          { names: ["agent values.daemonSetVolumes", "app values.host"], reason: "It reads the node's logs" },
        ],
      },
      violations: [
        "sample: values.daemonSetVolumes[0].hostPath.path is /var/log, a path of the node: remove it.",
        "sample: values.hostNetwork is true, so the pod shares it with its node: remove it.",
      ],
    },
  ],
  passes: [
    {
      name: "restricted",
      resources: [
        release({
          values: {
            hostNetwork: false,
            securityContext: {
              privileged: false,
              allowPrivilegeEscalation: false,
              capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
            },
          },
        }),
      ],
    },
    {
      name: "names that mean something else",
      resources: [
        release({
          values: {
            psp: { privileged: true },
            hostNetworkPolicy: { enabled: true },
            persistence: { hostPath: "" },
            networkPolicy: { hostNetwork: "ignored" },
          },
        }),
      ],
    },
    {
      name: "what the stack says that the chart needs",
      resources: [release({ values: logs })],
      configuration: {
        needed: [{ names: ["app values.daemonSetVolumes"], reason: "It reads the node's logs" }],
      },
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the rest is not known",
        resources: [release({ name: unknown, values: { hostNetwork: true, other: unknown } })],
        violations: ["sample: values.hostNetwork is true, so the pod shares it with its node: remove it."],
      },
    ],
    passes: [
      {
        name: "the values or the chart are not known",
        resources: [
          release({ values: unknown }),
          release({ values: { hostNetwork: unknown, securityContext: unknown } }),
          release({ chart: unknown, values: logs }),
        ],
        configuration: {
          needed: [{ names: ["app values.daemonSetVolumes"], reason: "It reads the node's logs" }],
        },
      },
    ],
  },
  faults: [
    faults.set(faults.release, "values.securityContext.privileged", true),
    faults.set(faults.release, "values.hostNetwork", true),
  ],
};
