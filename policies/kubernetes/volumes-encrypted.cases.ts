import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value } from "../value";
import { volumesEncrypted } from "./volumes-encrypted";

function storageClass(provisioner: Value, parameters: Value): Sample {
  return {
    type: "kubernetes:storage.k8s.io/v1:StorageClass",
    properties: { metadata: { name: "standard" }, provisioner, parameters },
  };
}

const files = (encryptInTransit: Value): Sample => ({
  type: "kubernetes:core/v1:PersistentVolume",
  properties: {
    spec: {
      csi: { driver: "efs.csi.aws.com", volumeHandle: "fs-1", volumeAttributes: { encryptInTransit } },
    },
  },
});

const linode = "linodebs.csi.linode.com";
const clear = (name: string): string => `sample: parameters["${name}"] is not "true": set it.`;

export const volumesEncryptedCases: Cases = {
  policy: volumesEncrypted,
  catches: [
    {
      name: "disks in clear, said or left out",
      resources: [
        storageClass("ebs.csi.aws.com", { type: "gp3", encrypted: "false" }),
        storageClass("ebs.csi.aws.com", null),
        storageClass(linode, {}),
      ],
      violations: [clear("encrypted"), clear("encrypted"), clear(`${linode}/encrypted`)],
    },
    {
      name: "a file system that is mounted in clear",
      resources: [files("false")],
      violations: ["sample: spec.csi.volumeAttributes.encryptInTransit is false: remove it."],
    },
  ],
  passes: [
    {
      name: "encrypted disks, and volumes of other drivers",
      resources: [
        storageClass("ebs.csi.aws.com", { encrypted: "true" }),
        storageClass(linode, { [`${linode}/encrypted`]: "true" }),
        storageClass("efs.csi.aws.com", { provisioningMode: "efs-ap" }),
      ],
    },
    { name: "a file system that is mounted by TLS", resources: [files("true"), files(null)] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its type is not known",
        resources: [storageClass("ebs.csi.aws.com", { type: unknown })],
        violations: [clear("encrypted")],
      },
    ],
    passes: [
      {
        name: "the driver or the parameters are not known",
        resources: [
          files(unknown),
          storageClass(unknown, {}),
          storageClass("ebs.csi.aws.com", unknown),
          storageClass("ebs.csi.aws.com", { encrypted: unknown }),
        ],
      },
    ],
  },
  faults: [
    faults.only(
      /^aws-.*-(fast-ssd|standard)$/,
      faults.set(/:StorageClass$/, "parameters.encrypted", "false"),
    ),
  ],
};
