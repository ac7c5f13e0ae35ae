import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { groupKind } from "../../../model/manifest";
import type { CustomResource, OperatorContext } from "../../../model/operators/operator";

const texts = z.record(z.string(), z.string());

/** A custom resource as manifests and plans have it; what belongs to the whole cluster is in the namespace ``. */
export const customResource = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().default(""),
    labels: texts.optional(),
    annotations: texts.optional(),
  }),
  spec: z.record(z.string(), z.unknown()).default({}),
});

export function readResources(file: string): readonly CustomResource[] {
  return parseAllDocuments(readFileSync(file, "utf8")).map((document) =>
    customResource.parse(document.toJS()),
  );
}

/** What operators find on a cluster that has these custom resources and no others. */
export function clusterWith(resources: readonly CustomResource[]): OperatorContext {
  return {
    resources: (kind, namespace) =>
      resources.filter((one) => groupKind(one) === kind && one.metadata.namespace === namespace),
  };
}
