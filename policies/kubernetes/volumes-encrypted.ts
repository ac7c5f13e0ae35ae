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

export const volumesEncrypted: ResourcePolicy = {
  id: "kubernetes-volumes-encrypted",
  scope: "resource",
  what: "Disks that storage classes of AWS and Linode make are encrypted.",
  why: "A claim says nothing of encryption: its class decides for every volume that is made by it.",
  severity: "high",
  standards: ["CIS AWS Foundations 2.2.1", "PCI-DSS 4: 3.5.1", "K6"],
  remediation:
    'Set parameters.encrypted to "true", for Linode\'s driver parameters["linodebs.csi.linode.com/encrypted"].',
  appliesTo: (type) => patchedKindOf(type) === "storage.k8s.io/StorageClass",
  *validate({ properties }) {
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
