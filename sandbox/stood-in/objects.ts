import { createHash } from "node:crypto";
import type { ObjectFacts } from "../../model/facts/object";
import { manifestOfFacts } from "../../model/facts/to-manifest";
import type { Manifest } from "../../model/manifest";

/**
 * Label of all that stands in for what a chart or an operator would have made. Its value tells which: `chart.<release>`, or
 * `operator`.
 */
export const stoodInLabel = "sandbox.ai-platform/stood-in";

/** Annotation that changes when the object must change. */
export const stoodInDigest = "sandbox.ai-platform/digest";

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

function isStoodIn(kind: string): kind is StoodInKind {
  return Object.hasOwn(paths, kind);
}

/** An object that stands in. */
export interface StandIn {
  /** Where the objects of its kind are in its namespace. */
  readonly path: string;
  readonly manifest: Manifest;
  /** Path of what has to be there, and Ready where it has pods, before this is made for the first time. */
  readonly after: string | undefined;
}

/**
 * What is made in the place of a chart's or an operator's objects: all that pods need to run and to be looked after, and what the
 * cloud gives an address. Other Services are left out: no container is here to call them.
 */
export function standInsFor(
  facts: readonly ObjectFacts[],
  by: string,
  owner?: Readonly<Record<string, unknown>>,
): readonly StandIn[] {
  // What has no pods needs nothing in its place: a part that the stack does without, or an operator's empty set.
  const standing = facts.filter(
    ({ hook, replicas, kind, type }) =>
      hook === undefined && replicas !== 0 && (kind !== "Service" || type === "LoadBalancer"),
  );
  return standing.flatMap((one) => {
    const { kind, namespace, after } = one;
    const manifest = manifestOfFacts(one, { labels: { [stoodInLabel]: by } });
    const isPlaced = kind === "IngressClass" || namespace !== undefined;
    return manifest && isStoodIn(kind) && isPlaced
      ? [
          {
            path: pathOf(kind, namespace),
            manifest: finished(manifest, owner),
            after: after === undefined ? undefined : placeOf(after, namespace),
          },
        ]
      : [];
  });
}

/** Path of an object that is named as `Kind/name`; undefined for kinds that are not stood in for. */
function placeOf(name: string, namespace: string | undefined): string | undefined {
  const [kind = "", own] = name.split("/");
  return isStoodIn(kind) ? `${pathOf(kind, namespace)}/${own}` : undefined;
}

function finished(manifest: Manifest, owner: Readonly<Record<string, unknown>> | undefined): Manifest {
  const whole = manifest.kind === "StatefulSet" ? withoutRemains(manifest) : manifest;
  const digest = createHash("sha256").update(JSON.stringify(whole)).digest("hex").slice(0, 16);
  return {
    ...whole,
    metadata: {
      ...whole.metadata,
      annotations: { ...whole.metadata.annotations, [stoodInDigest]: digest },
      ...(owner && { ownerReferences: [owner] }),
    },
  };
}

/** Claims go with their StatefulSet: what only stands in leaves nothing behind. */
function withoutRemains(manifest: Manifest): Manifest {
  const spec = typeof manifest.spec === "object" ? manifest.spec : {};
  return {
    ...manifest,
    spec: {
      ...spec,
      podManagementPolicy: "Parallel",
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete", whenScaled: "Delete" },
    },
  };
}
