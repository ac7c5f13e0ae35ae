import { resourceReference } from "../../server-values";
import {
  type Component,
  type ConstructOptions,
  type RegisteredResource,
  unknown,
  type Values,
} from "../../standin";
import type { Cluster } from "../cluster";
import { holdsUnknown, isObject, type JsonObject, textAt, withAt } from "../json";
import { recordedStatus } from "../recorded";
import { groupOf, typesOf } from "../served-types";
import { type Child, childrenOf } from "./children";
import { objectsIn, parseManifest } from "./documents";
import { type ManifestInputs, parseInputs } from "./manifest-inputs";
import type { ManifestSources } from "./sources";

/** Manifests as components (`yaml.v2.ConfigFile`, `yaml.v2.ConfigGroup`): every object is a resource of its own. */
export class ManifestComponents {
  constructor(
    private readonly cluster: Cluster,
    private readonly sources: ManifestSources,
    private readonly defaultNamespace: string,
  ) {}

  async construct(component: Component, inputs: Values, options: ConstructOptions): Promise<Values> {
    if (holdsUnknown(inputs)) {
      await options.log(
        "the manifest is not known yet, so this preview does not show its objects",
        "warning",
      );
      return { resources: unknown };
    }
    const manifest = parseInputs(component, inputs);
    const found = await this.objectsOf(manifest);
    if ("why" in found) {
      await options.log(`recorded, not installed: ${found.why}`, "warning");
      return { resources: [], status: { status: recordedStatus } };
    }
    const placed = await Promise.all(found.objects.map((object) => this.placed(object, found.objects)));
    const made = await registerAll(childrenOf(placed, manifest), options.register);
    return { resources: made.map(resourceReference) };
  }

  /** All objects of a component, or why it cannot have them: a manifest that is missing leaves all of it out. */
  private async objectsOf(
    manifest: ManifestInputs,
  ): Promise<{ readonly objects: readonly JsonObject[] } | { readonly why: string }> {
    const sources = await Promise.all(
      manifest.files.map(async (place) => ({ place, source: await this.sources.read(place) })),
    );
    const missing = sources.flatMap(({ source }) => (source.kind === "unavailable" ? [source.why] : []));
    if (missing.length > 0) {
      return { why: [...new Set(missing)].join("; ") };
    }
    const fromFiles = sources.flatMap(({ place, source }) =>
      source.kind === "found" ? parseManifest(source.text, place) : [],
    );
    const inline = manifest.yaml === undefined ? [] : parseManifest(manifest.yaml, "yaml");
    const given = manifest.objects.flatMap((object, index) => objectsIn(object, `objs[${index}]`));
    return { objects: [...fromFiles, ...inline, ...given] };
  }

  /**
   * The object with the namespace that it goes to. Kinds whose definition is neither the cluster's own nor in the manifest
   * are left alone: whether they belong to namespaces may be known later, and would then change their names.
   */
  private async placed(object: JsonObject, manifest: readonly JsonObject[]): Promise<JsonObject> {
    const [apiVersion, kind] = [textAt(object, "apiVersion"), textAt(object, "kind")];
    if (textAt(object, "metadata", "namespace") !== "") {
      return object;
    }
    const type =
      manifest.flatMap(typesOf).find((one) => one.apiVersion === apiVersion && one.kind === kind) ??
      (await this.builtIn(apiVersion, kind));
    const placed = withAt(object, ["metadata", "namespace"], this.defaultNamespace);
    return type?.namespaced && isObject(placed) ? placed : object;
  }

  private async builtIn(apiVersion: string, kind: string) {
    const { types } = this.cluster;
    const isKnown = (await this.cluster.isReachable()) && (await types.isBuiltIn(groupOf(apiVersion)));
    return isKnown ? types.find(apiVersion, kind) : undefined;
  }
}

/** Registers each child as soon as those that it needs are there; a failure is told when all have come to an end. */
async function registerAll(
  children: readonly Child[],
  register: ConstructOptions["register"],
): Promise<readonly RegisteredResource[]> {
  const begun: Promise<RegisteredResource>[] = [];
  for (const { after, ...child } of children) {
    const needed = Promise.all(after.map((place) => begun[place]));
    begun.push(
      needed.then((made) => register({ ...child, dependsOn: made.flatMap((one) => one?.urn ?? []) })),
    );
  }
  await Promise.allSettled(begun);
  return Promise.all(begun);
}
