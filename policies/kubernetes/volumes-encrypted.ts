import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { patchedKindOf } from "./objects";

/** Drivers whose disks are in clear unless a parameter says otherwise. */
const parameters: Readonly<Record<string, string>> = {
  "ebs.csi.aws.com": "encrypted",
  "ebs.csi.eks.amazonaws.com": "encrypted",
  "kubernetes.io/aws-ebs": "encrypted",
  "linodebs.csi.linode.com": "linodebs.csi.linode.com/encrypted",
};

/** Drivers whose volumes go over the network, and the attribute that turns off TLS on the way. */
const files: Readonly<Record<string, string>> = { "efs.csi.aws.com": "encryptInTransit" };
const volume = "core/PersistentVolume";

export const volumesEncrypted: ResourcePolicy = {
  id: "kubernetes-volumes-encrypted",
  scope: "resource",
  what: "Disks that storage classes of AWS and Linode make are encrypted, and file systems of AWS are mounted by TLS.",
  why: "A claim says nothing of encryption: its class decides for every volume that is made by it.",
  severity: "high",
  standards: ["CIS AWS Foundations 2.2.1", "PCI-DSS 4: 3.5.1", "K6"],
  remediation:
    'Set parameters.encrypted to "true", for Linode\'s driver parameters["linodebs.csi.linode.com/encrypted"].',
  appliesTo: (type) => ["storage.k8s.io/StorageClass", volume].includes(patchedKindOf(type) ?? ""),
  *validate({ type, properties }) {
    if (patchedKindOf(type) === volume) {
      const csi = at(properties, "spec", "csi");
      const driver = at(csi, "driver");
      const attribute =
        typeof driver === "string" && Object.hasOwn(files, driver) ? files[driver] : undefined;
      const given = attribute && at(csi, "volumeAttributes", attribute);
      if (String(given).toLowerCase() === "false")
        yield `spec.csi.volumeAttributes.${attribute} is false: remove it.`;
      return;
    }
    const provisioner = at(properties, "provisioner");
    const name =
      typeof provisioner === "string" && Object.hasOwn(parameters, provisioner)
        ? parameters[provisioner]
        : undefined;
    const given = at(properties, "parameters");
    if (name === undefined || given === unknown) return;
    const value = at(given, name);
    if (value === unknown || String(value).toLowerCase() === "true") return;
    yield `parameters["${name}"] is not "true": set it.`;
  },
};
