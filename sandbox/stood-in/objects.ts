import { createHash } from "node:crypto";
import type { ClaimFacts, Labels, ObjectFacts } from "../../model/facts/object";
import { manifestOfFacts } from "../../model/facts/to-manifest";
import type { Manifest } from "../../model/manifest";

/**
 * Label of all that stands in for what a chart or an operator would have made. Its value tells which: `chart.<release>`, or
 * `operator`.
 */
export const stoodInLabel = "sandbox.ai-platform/stood-in";

/** Annotation that changes when the object is to be another. */
export const stoodInDigest = "sandbox.ai-platform/digest";

/** The kinds that are made in the place of others, in the order in which they are needed. */
export const stoodInKinds = [
  "ServiceAccount",
  "Secret",
  "PersistentVolumeClaim",
  "PodDisruptionBudget",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
] as const;

export type StoodInKind = (typeof stoodInKinds)[number];

const paths: Readonly<Record<StoodInKind, readonly [group: string, resource: string]>> = {
  ServiceAccount: ["/api/v1", "serviceaccounts"],
  Secret: ["/api/v1", "secrets"],
  PersistentVolumeClaim: ["/api/v1", "persistentvolumeclaims"],
  PodDisruptionBudget: ["/apis/policy/v1", "poddisruptionbudgets"],
  Deployment: ["/apis/apps/v1", "deployments"],
  StatefulSet: ["/apis/apps/v1", "statefulsets"],
  DaemonSet: ["/apis/apps/v1", "daemonsets"],
};

/** Where an API server has a kind's objects, of one namespace or of all. */
export function pathOf(kind: StoodInKind, namespace?: string): string {
  const [group, resource] = paths[kind];
  return namespace === undefined ? `${group}/${resource}` : `${group}/namespaces/${namespace}/${resource}`;
}

function isStoodIn(kind: string): kind is StoodInKind {
  return Object.hasOwn(paths, kind);
}

/** An object that stands in, and the path of its kind in its namespace. */
export interface StandIn {
  readonly path: string;
  readonly manifest: Manifest;
}

/**
 * What is made in the place of a chart's or an operator's objects: all that pods need to run and to be looked after. Pods that an
 * operator makes one by one become a StatefulSet, for no operator is here to make another when one of them has to go.
 */
export function standInsFor(
  facts: readonly ObjectFacts[],
  by: string,
  owner?: Readonly<Record<string, unknown>>,
): readonly StandIn[] {
  const labels = { [stoodInLabel]: by };
  // What has no pods needs nothing in its place: a part that the stack does without, or an operator's empty set.
  const standing = facts.filter(({ hook, replicas }) => hook === undefined && replicas !== 0);
  return [
    ...standing.filter(({ kind }) => kind !== "Pod" && kind !== "PersistentVolumeClaim"),
    ...sets(standing),
  ]
    .concat(standing.filter((one) => one.kind === "PersistentVolumeClaim" && one.owner === undefined))
    .flatMap((one) => {
      const manifest = manifestOfFacts(one, { labels });
      return manifest && isStoodIn(one.kind) && one.namespace !== undefined
        ? [{ path: pathOf(one.kind, one.namespace), manifest: finished(manifest, owner) }]
        : [];
    });
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

/** One StatefulSet for the Pods that were made alike for one resource. */
function sets(facts: readonly ObjectFacts[]): readonly ObjectFacts[] {
  const groups = new Map<string, ObjectFacts[]>();
  for (const one of facts.filter(({ kind }) => kind === "Pod")) {
    const containers = (one.pod?.containers ?? []).map(({ name }) => name);
    const key = [one.namespace, one.owner ?? one.name, ...containers].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((members) => setOf(members, facts) ?? []);
}

function setOf(members: readonly ObjectFacts[], facts: readonly ObjectFacts[]): ObjectFacts | undefined {
  const [first] = members;
  if (first?.pod === undefined) return undefined;
  const { namespace, owner, pod } = first;
  const claims = (pod.volumes ?? [])
    .filter((volume) => volume.startsWith("claim "))
    .flatMap((volume) => claimOf(volume.split(" ")[1] ?? "", namespace, facts) ?? []);
  return {
    kind: "StatefulSet",
    name: owner?.split("/").at(-1) ?? first.name,
    namespace,
    labels: common(members.map(({ labels = {} }) => labels)),
    replicas: members.length,
    pod: {
      ...pod,
      labels: common(members.map((member) => member.pod?.labels ?? {})),
      volumes: pod.volumes?.filter((volume) => !volume.startsWith("claim ")),
    },
    claims: claims.map((claim, index) => ({ ...claim, name: `data-${index}` })),
  };
}

function claimOf(
  name: string,
  namespace: string | undefined,
  facts: readonly ObjectFacts[],
): ClaimFacts | undefined {
  const claim = facts.find(
    (one) => one.kind === "PersistentVolumeClaim" && one.name === name && one.namespace === namespace,
  );
  return claim?.size === undefined
    ? undefined
    : { name, class: claim.class, size: claim.size, modes: claim.modes ?? ["ReadWriteOnce"] };
}

/** The labels that all have alike. */
function common(all: readonly Labels[]): Record<string, string> {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => others.every((labels) => labels[key] === value)),
  );
}
