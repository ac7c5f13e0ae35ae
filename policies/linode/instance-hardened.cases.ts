import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { linodeInstanceHardened } from "./instance-hardened";

function instance(properties: Values): Sample {
  return { type: "linode:index/instance:Instance", properties: { type: "g6-nanode-1", ...properties } };
}

export const linodeInstanceHardenedCases: Cases = {
  policy: linodeInstanceHardened,
  catches: [
    {
      name: "disks in clear",
      resources: [
        instance({ diskEncryption: "disabled" }),
        { type: "linode:index/volume:Volume", properties: { label: "data", encryption: "disabled" } },
      ],
      violations: [
        "sample: diskEncryption is disabled: remove it.",
        "sample: encryption is disabled: remove it.",
      ],
    },
    {
      name: "a password for root, at the machine and at one of its disks",
      resources: [
        instance({ rootPass: "correct horse" }),
        instance({ disks: [{ rootPass: "correct horse" }] }),
      ],
      violations: ["rootPass", "disks[0].rootPass"].map(
        (path) => `sample: ${path} is set, a password for root: name authorizedKeys.`,
      ),
    },
  ],
  passes: [
    {
      name: "keys, and disks as Linode has them",
      resources: [
        instance({ authorizedKeys: ["ssh-ed25519 AAAA"], diskEncryption: "enabled" }),
        { type: "linode:index/volume:Volume", properties: { label: "data", encryption: "enabled" } },
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its region is not known",
        resources: [instance({ region: unknown, diskEncryption: "disabled" })],
        violations: ["sample: diskEncryption is disabled: remove it."],
      },
    ],
    passes: [{ name: "not known", resources: [instance({ rootPass: unknown, diskEncryption: unknown })] }],
  },
  faults: [
    faults.set(/:LkeNodePool$/, "diskEncryption", "disabled"),
    faults.beside(/LkeCluster$/, "linode:index/instance:Instance", { rootPass: "correct horse" }),
  ],
};
