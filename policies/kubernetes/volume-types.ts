import type { ResourcePolicy } from "../policy";
import { at, entries, items, unknown } from "../value";
import { makesPods, podTemplatesOf } from "./pods";

/** `hostPath` is judged by kubernetes-host-access. */
const allowed = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "hostPath",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

interface Configuration {
  readonly csiDrivers: readonly string[];
}

/** Drivers that are made for volumes in pods: they hand over secrets, certificates and identities. */
const standing = ["csi.cert-manager.io", "csi.spiffe.io", "secrets-store.csi.k8s.io"];

export const volumeTypes: ResourcePolicy<Configuration> = {
  id: "kubernetes-volume-types",
  scope: "resource",
  what: "Pods mount storage only by claims, CSI drivers and what Kubernetes itself provides.",
  why: "Volumes that name a server or a disk directly go around storage classes, encryption and quotas.",
  severity: "medium",
  standards: ["Pod Security Standards: restricted", "K1"],
  remediation: "Replace the volume by a persistentVolumeClaim of a storage class, or by an emptyDir.",
  configuration: {
    csiDrivers: {
      type: "array",
      items: { type: "string" },
      default: standing,
      description: "CSI drivers that pods may name in a volume of their own, without a claim.",
    },
  },
  appliesTo: makesPods,
  *validate(resource, { csiDrivers }) {
    for (const template of podTemplatesOf(resource)) {
      for (const [index, volume] of items(at(template.spec, "volumes")).entries()) {
        const driver = at(volume, "csi", "driver");
        if (typeof driver === "string" && !csiDrivers.includes(driver)) {
          yield `${template.where(`volumes[${index}].csi.driver`)} is ${driver}, which no class and no quota limits here: use a persistentVolumeClaim, or name it in csiDrivers.`;
        }
        for (const [type, source] of entries(volume)) {
          if (type === "name" || allowed.includes(type) || source === null || source === unknown) continue;
          yield `${template.where(`volumes[${index}].${type}`)} is no type of volume that a restricted pod may have: use a persistentVolumeClaim.`;
        }
      }
    }
  },
};
