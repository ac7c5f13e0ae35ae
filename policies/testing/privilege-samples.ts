import type { Values } from "../value";
import type { Sample } from "./cases";
import { container, object, pod } from "./samples";

export const silent = container({ securityContext: {} });

export function mayGain(label: string, path: string): string {
  return `${label} may gain privileges: set ${path}.securityContext.allowPrivilegeEscalation to false.`;
}

export const root: Values = {
  containers: [container({ securityContext: { privileged: true, allowPrivilegeEscalation: false } })],
};

export const host: Values = { hostProcess: true };

export const podObject: Values = { apiVersion: "v1", kind: "Pod", metadata: { name: "app" }, spec: root };

export function custom(type: string, spec: Values): Sample {
  return object(type, type.split(":")[1] ?? "", spec);
}

export function isRoot(name: string, path: string): string {
  return `${name}: container "app" is privileged: remove ${path}.securityContext.privileged.`;
}

export const privileged = { ...container(), securityContext: { privileged: true } };

export const unmasked = pod({
  containers: [container({ securityContext: { allowPrivilegeEscalation: false, procMount: "Unmasked" } })],
});
