import { createHash } from "node:crypto";
import type { ObjectFacts } from "../../model/facts/object";
import { manifestOfFacts } from "../../model/facts/to-manifest";
import type { Manifest } from "../../model/manifest";
import { isStoodIn, pathOf, type StoodIn, stoodInLabel } from "../../sandbox/stood-in";

/** Annotation that changes when the object must change. */
export const stoodInDigest = "sandbox.ai-platform/digest";

/** An object that stands in. */
export interface StandIn extends StoodIn {
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
  const whole = manifest.kind === "StatefulSet" ? atOnce(manifest) : manifest;
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

/** All pods at once: none of them has software that could wait for the one before it. */
function atOnce(manifest: Manifest): Manifest {
  const spec = typeof manifest.spec === "object" ? manifest.spec : {};
  return { ...manifest, spec: { ...spec, podManagementPolicy: "Parallel" } };
}
