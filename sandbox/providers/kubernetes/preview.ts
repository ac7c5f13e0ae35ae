import { ApiError } from "../../api-server/errors";
import type { ResourceReference, Values } from "../standin";
import type { Applier } from "./applier";
import type { Cluster } from "./cluster";
import { isObject, type JsonObject, textAt, withAt } from "./json";
import { toPreviewOutputs } from "./manifest";
import type { ServedType } from "./served-types";

/** A dry run where one is possible; undefined when the inputs are all that can be said. */
export async function previewCreate(
  resource: ResourceReference,
  manifest: JsonObject,
  cluster: Cluster,
  applier: Applier,
): Promise<Values | undefined> {
  if (!(await cluster.isReachable())) {
    return undefined;
  }
  const type = await cluster.definitions.find(textAt(manifest, "apiVersion"), textAt(manifest, "kind"));
  if (type === undefined || (await applier.findNamed(type, manifest)) !== undefined) {
    return undefined;
  }
  try {
    const applied = await applier.apply(resource, type, manifest, "dry-run");
    return toPreviewOutputs(applied, manifest);
  } catch (error) {
    const isNamespaceMissing = error instanceof ApiError && error.status === 404;
    if (!isNamespaceMissing) {
      throw error;
    }
    await validateElsewhere(resource, type, manifest, applier);
    return undefined;
  }
}

/** The namespace will come with the same run: until then its objects are checked as if they went to another. */
async function validateElsewhere(
  resource: ResourceReference,
  type: ServedType,
  manifest: JsonObject,
  applier: Applier,
): Promise<void> {
  const elsewhere = withAt(manifest, ["metadata", "namespace"], "default");
  try {
    await applier.apply(resource, type, isObject(elsewhere) ? elsewhere : manifest, "dry-run");
  } catch (error) {
    if (error instanceof ApiError && [400, 422, 500].includes(error.status)) {
      throw error;
    }
  }
}
