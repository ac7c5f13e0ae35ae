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

export const volumeTypes: ResourcePolicy = {
  id: "kubernetes-volume-types",
  scope: "resource",
  what: "Pods mount storage only by claims, CSI drivers and what Kubernetes itself provides.",
  why: "Volumes that name a server or a disk directly go around storage classes, encryption and quotas.",
  severity: "medium",
  standards: ["Pod Security Standards: restricted", "K1"],
  remediation: "Replace the volume by a persistentVolumeClaim of a storage class, or by an emptyDir.",
  appliesTo: makesPods,
  *validate(resource) {
    for (const template of podTemplatesOf(resource)) {
      for (const [index, volume] of items(at(template.spec, "volumes")).entries()) {
        for (const [type, source] of entries(volume)) {
          if (type === "name" || allowed.includes(type) || source === null || source === unknown) continue;
          yield `${template.where(`volumes[${index}].${type}`)} is no type of volume that a restricted pod may have: use a persistentVolumeClaim.`;
        }
      }
    }
  },
};
