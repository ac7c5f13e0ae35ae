import { formatPath, type PropertyPath, parsePath } from "../property-path";
import type { Difference, ResourceReference, Values } from "../standin";
import { type Applier, namespaceOf } from "./applier";
import type { Cluster } from "./cluster";
import { type Change, changesBetween } from "./compare";
import type { Configuration } from "./configuration";
import { covers, keepsName, toDifference, withLiveValues } from "./difference";
import { immutablePaths, needsReplacement } from "./immutable";
import { at, type JsonObject, textAt } from "./json";
import { resourceVersionOf, shortcomingOf } from "./live";
import { annotations, comparable, isMarked, toManifest, withoutServerSide } from "./manifest";
import type { Old } from "./old";

/** What a change of inputs, or drift, means for an object. */
export class ObjectDifferences {
  constructor(
    private readonly configuration: Configuration,
    private readonly cluster: Cluster,
    private readonly applier: Applier,
  ) {}

  async diff(
    resource: ResourceReference,
    id: string,
    old: Old,
    newInputs: Values,
    ignoreChanges: readonly string[],
  ): Promise<Difference> {
    const ignored = ignoreChanges.map(parsePath);
    const isRelevant = ({ path }: Change): boolean => !ignored.some((one) => covers(one, path));
    const asked = changesBetween(comparable(old.inputs), comparable(newInputs)).filter(isRelevant);
    const manifest = toManifest(newInputs);
    const shape = manifest ?? toManifest(old.inputs) ?? {};
    const immutable = immutablePaths(shape, {
      configMaps: this.configuration.enableConfigMapMutable,
      secrets: this.configuration.enableSecretMutable,
    });
    const replacing = asked.filter((change) => this.replaces(change, old, newInputs, immutable));
    if (replacing.length > 0 || manifest === undefined || !(await this.cluster.isReachable())) {
      return {
        differences: asked.map((change) => toDifference(change, replacing.includes(change), newInputs)),
        deleteBeforeReplace: replacing.length > 0 && keepsName(id, manifest),
      };
    }
    if (isMarked(manifest, annotations.replaceUnready) && (await this.isUnready(manifest, id))) {
      const path = formatPath(["metadata", "annotations", annotations.replaceUnready]);
      return {
        differences: [{ path, kind: "update", replace: true }],
        deleteBeforeReplace: keepsName(id, manifest),
      };
    }
    const differences = await this.effectOf(resource, id, old, manifest, asked.length > 0, ignored);
    return {
      differences: differences.filter(isRelevant).map((change) => toDifference(change, false, newInputs)),
    };
  }

  private replaces(change: Change, old: Old, newInputs: Values, immutable: readonly PropertyPath[]): boolean {
    if (!needsReplacement(change.path, immutable)) {
      return false;
    }
    // Leaving out the namespace means the default one, which is where the object may be already.
    const isNamespace = change.path.join(".") === "metadata.namespace";
    const namespaces = [old.inputs, newInputs].map(
      (inputs) => namespaceOf(inputs) ?? this.applier.defaultNamespace,
    );
    return !isNamespace || namespaces[0] !== namespaces[1];
  }

  private async isUnready(manifest: JsonObject, id: string): Promise<boolean> {
    const [apiVersion, kind] = [textAt(manifest, "apiVersion"), textAt(manifest, "kind")];
    const type = await this.cluster.definitions.find(apiVersion, kind);
    const live = type && (await this.applier.find(type, id));
    return live !== undefined && shortcomingOf(live) !== undefined;
  }

  /** What applying the manifest would change in the live object: drift shows, and what means the same does not. */
  private async effectOf(
    resource: ResourceReference,
    id: string,
    old: Old,
    manifest: JsonObject,
    isAsked: boolean,
    ignored: readonly PropertyPath[],
  ): Promise<readonly Change[]> {
    const type = await this.cluster.definitions.find(
      textAt(manifest, "apiVersion"),
      textAt(manifest, "kind"),
    );
    const live = type && (await this.applier.find(type, id));
    if (type === undefined || live === undefined) {
      return [{ path: ["metadata", "uid"], kind: "update" }];
    }
    if (!isAsked && at(live, "metadata", "resourceVersion") === resourceVersionOf(old.outputs)) {
      return [];
    }
    const applied = await this.applier.apply(
      resource,
      type,
      withLiveValues(manifest, live, ignored),
      "dry-run",
    );
    return changesBetween(withoutServerSide(live), withoutServerSide(applied));
  }
}
