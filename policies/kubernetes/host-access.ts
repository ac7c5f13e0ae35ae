import type { ResourcePolicy } from "../policy";
import { at, items, unknown, type Value } from "../value";
import { patchedKindOf } from "./objects";
import { containersOf } from "./pod-template";
import { makesPods, podTemplatesOf } from "./pods";

const persistentVolume = "core/PersistentVolume";

/** Folders of the node's system; local volumes lie on disks of their own, such as below /mnt. */
const system =
  /^\/+((etc|proc|sys|boot|root|usr|bin|sbin|lib|lib64|home|run|var\/run|var\/log|var\/lib\/(kubelet|containerd|docker|etcd|rancher))(\/|$)|(var|var\/lib|dev)?\/*$)/;

export const hostAccess: ResourcePolicy = {
  id: "kubernetes-host-access",
  scope: "resource",
  what: "Pods share no namespace, port or path with their node, and no PersistentVolume is a path of one.",
  why: "A pod on the node's network sees all its traffic, one with a path of the node reads the kubelet's credentials.",
  severity: "critical",
  standards: [
    "Pod Security Standards: baseline",
    "NSA/CISA Kubernetes hardening",
    "CIS EKS 4.2.2 to 4.2.4",
    "K4",
  ],
  remediation:
    "Remove hostNetwork, hostPID and hostIPC from the pod, hostPort from its containers' ports, and hostPath from its volumes and from PersistentVolumes.",
  appliesTo: (type) => makesPods(type) || patchedKindOf(type) === persistentVolume,
  *validate(resource) {
    if (patchedKindOf(resource.type) === persistentVolume) {
      yield* mounted(at(resource.properties, "spec", "hostPath"), "spec.hostPath");
      const local = at(resource.properties, "spec", "local", "path");
      if (typeof local === "string" && system.test(local)) {
        yield `spec.local.path is ${local}, which is the node's own: name a disk that is made for it.`;
      }
      return;
    }
    for (const template of podTemplatesOf(resource)) {
      for (const field of ["hostNetwork", "hostPID", "hostIPC"]) {
        if (at(template.spec, field) === true) {
          yield `${template.where(field)} is true: remove it.`;
        }
      }
      for (const [index, volume] of items(at(template.spec, "volumes")).entries()) {
        yield* mounted(at(volume, "hostPath"), template.where(`volumes[${index}].hostPath`));
      }
      for (const { label, where, value } of containersOf(template)) {
        for (const [index, port] of items(at(value, "ports")).entries()) {
          const hostPort = at(port, "hostPort");
          if (hostPort === undefined || hostPort === unknown || hostPort === 0) continue;
          yield `${label} takes port ${String(hostPort)} of the node: remove ${where(`ports[${index}].hostPort`)}.`;
        }
      }
    }
  },
};

function* mounted(hostPath: Value | undefined, where: string): Iterable<string> {
  if (hostPath === undefined || hostPath === unknown) return;
  const path = at(hostPath, "path");
  yield `${where} mounts ${typeof path === "string" ? path : "a path"} of the node: use another kind of volume.`;
}
