/**
 * Label of all that stands in for what a chart or an operator would have made. Its value tells which:
 * `<namespace>.<release>`, or `operator`.
 */
export const stoodInLabel = "sandbox.ai-platform/stood-in";

/** The kinds that are made in the place of others, in the order in which they are needed. */
export const stoodInKinds = [
  "ServiceAccount",
  "Secret",
  "PersistentVolumeClaim",
  "PodDisruptionBudget",
  "Service",
  "IngressClass",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "Pod",
] as const;

export type StoodInKind = (typeof stoodInKinds)[number];

const paths: Readonly<Record<StoodInKind, readonly [group: string, resource: string]>> = {
  ServiceAccount: ["/api/v1", "serviceaccounts"],
  Secret: ["/api/v1", "secrets"],
  PersistentVolumeClaim: ["/api/v1", "persistentvolumeclaims"],
  PodDisruptionBudget: ["/apis/policy/v1", "poddisruptionbudgets"],
  Service: ["/api/v1", "services"],
  IngressClass: ["/apis/networking.k8s.io/v1", "ingressclasses"],
  Deployment: ["/apis/apps/v1", "deployments"],
  StatefulSet: ["/apis/apps/v1", "statefulsets"],
  DaemonSet: ["/apis/apps/v1", "daemonsets"],
  Pod: ["/api/v1", "pods"],
};

/** Where an API server has a kind's objects, of one namespace or of all. */
export function pathOf(kind: StoodInKind, namespace?: string): string {
  const [group, resource] = paths[kind];
  return namespace === undefined ? `${group}/${resource}` : `${group}/namespaces/${namespace}/${resource}`;
}

/** An object that stands in for one that a chart would have made. */
export interface StoodIn {
  /** Where the objects of its kind are in its namespace. */
  readonly path: string;
  readonly manifest: { readonly metadata: { readonly name: string } };
}

/** Whether objects of a kind are stood in for. */
export function isStoodIn(kind: string): kind is StoodInKind {
  return Object.hasOwn(paths, kind);
}
