import { z } from "zod";
import type { PlannedResource } from "./plan";

const texts = z.record(z.string(), z.string());

/** A Kubernetes object as in its API: typed identity, everything else untouched. */
export const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: texts.optional(),
    annotations: texts.optional(),
  }),
});

export type Manifest = Readonly<z.infer<typeof manifest>>;

/**
 * The object that a resource of a plan creates directly; undefined for releases, components and cloud
 * resources.
 */
export function manifestOf({ type, inputs }: PlannedResource<unknown>): Manifest | undefined {
  const [, group, version, kind] =
    /^kubernetes:(?!helm\.sh\/|yaml\/)([^:/]+)\/([^:/]+):(\w+)$/.exec(type) ?? [];
  if (group === undefined) {
    return undefined;
  }
  const apiVersion = group === "core" ? version : `${group}/${version}`;
  return manifest.parse(typeof inputs === "object" ? { apiVersion, kind, ...inputs } : inputs);
}

/** `apps/Deployment`, `Service`: a kind with its API group, without the version. */
export function groupKind({ apiVersion, kind }: Pick<Manifest, "apiVersion" | "kind">): string {
  const [group, version] = apiVersion.split("/");
  return version === undefined ? kind : `${group}/${kind}`;
}
