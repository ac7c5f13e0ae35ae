import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { container, object, pod } from "../testing/samples";
import { unknown } from "../value";
import { kernelSettings } from "./kernel-settings";

const unsafe = "app: spec.securityContext.sysctls[0] sets vm.swappiness, which is not safe: remove it.";

export const kernelSettingsCases: Cases = {
  policy: kernelSettings,
  catches: [
    {
      name: "a setting of the whole node",
      resources: [
        pod({
          securityContext: { sysctls: [{ name: "vm.swappiness", value: "0" }] },
          containers: [container()],
        }),
      ],
      violations: [unsafe],
    },
    {
      name: "a label and a profile of the pod's choice",
      resources: [
        pod({
          securityContext: { seLinuxOptions: { type: "spc_t", user: "system_u" } },
          containers: [container({ securityContext: { appArmorProfile: { type: "Unconfined" } } })],
        }),
      ],
      violations: [
        "app: remove spec.securityContext.seLinuxOptions.type.",
        "app: remove spec.securityContext.seLinuxOptions.user.",
        'app: container "app": remove spec.containers[0].securityContext.appArmorProfile.',
      ],
    },

    {
      name: "no AppArmor by an annotation",
      resources: [
        object("apps/v1:Deployment", "web", {
          template: {
            metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/app": "unconfined" } },
            spec: { containers: [container()] },
          },
        }),
      ],
      violations: [
        "web: annotation container.apparmor.security.beta.kubernetes.io/app is unconfined: remove it.",
      ],
    },
  ],
  passes: [
    {
      name: "safe settings",
      resources: [
        pod({
          securityContext: {
            sysctls: [{ name: "net.ipv4.tcp_syncookies", value: "1" }],
            seLinuxOptions: { type: "container_t", level: "s0:c1,c2" },
            appArmorProfile: { type: "RuntimeDefault" },
          },
          containers: [container()],
        }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "the value is not known, the setting is",
        resources: [
          pod({
            securityContext: { sysctls: [{ name: "vm.swappiness", value: unknown }] },
            containers: unknown,
          }),
        ],
        violations: [unsafe],
      },
    ],
    passes: [
      {
        name: "the setting is not known",
        resources: [pod({ securityContext: { sysctls: [{ name: unknown, value: "0" }] } })],
      },
    ],
  },
  faults: [
    ...faults.pod("securityContext.sysctls", [{ name: "kernel.msgmax", value: "1" }]),
    ...faults.pod("securityContext.seLinuxOptions", { type: "spc_t" }),
    ...faults.everywhere("securityContext.appArmorProfile", { type: "Unconfined" }),
  ],
};
