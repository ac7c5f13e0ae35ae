import { formatPath, type PropertyPath, parsePath } from "../property-path";
import {
  type CheckFailure,
  type ConfiguredProvider,
  type Difference,
  type OperationOptions,
  PartialFailure,
  type ResourceReference,
  type Values,
} from "../standin";
import { ApiError, Unreachable } from "./api";
import { Applier, namespaceOf } from "./applier";
import type { Cluster } from "./cluster";
import { type Change, changesBetween } from "./compare";
import type { Configuration } from "./configuration";
import { requestDeletion, waitUntilGone } from "./deletion";
import { covers, keepsName, toDifference, withLiveValues } from "./difference";
import { immutablePaths, needsReplacement } from "./immutable";
import { completeInputs, kindOf, refusalOf, shapeFailures } from "./inputs";
import { at, isObject, type Json, type JsonObject, listAt, textAt, withAt } from "./json";
import { importedInputs, resourceVersionOf, shortcomingOf } from "./live";
import {
  annotationOf,
  annotations,
  comparable,
  fieldManager,
  identifierOf,
  isMarked,
  labelOf,
  toManifest,
  toOutputs,
  toPreviewOutputs,
  withoutServerSide,
} from "./manifest";
import { ruleFor } from "./readiness/rules";
import { NotReady, waitUntilReady } from "./readiness/wait";
import { collectionPath, type ServedType } from "./served-types";

type Old = { readonly inputs: Values; readonly outputs: Values };

/** Seconds that a wait may take when neither the program nor the kind says otherwise. */
const defaultTimeoutSeconds = 600;

/** The life of Kubernetes objects: created, changed and deleted in a real API server. */
export class Objects implements Omit<ConfiguredProvider, "invoke"> {
  private readonly applier: Applier;

  constructor(
    private readonly configuration: Configuration,
    private readonly cluster: Cluster,
  ) {
    this.applier = new Applier(cluster, configuration);
  }

  async check(
    resource: ResourceReference,
    oldInputs: Values | undefined,
    newInputs: Values,
    randomSeed: Uint8Array,
  ): Promise<{ readonly inputs: Values; readonly failures: readonly CheckFailure[] }> {
    const refusal = refusalOf(resource.type);
    if (refusal !== undefined) {
      return { inputs: newInputs, failures: [{ property: "", reason: refusal }] };
    }
    const reachable = await this.cluster.isReachable();
    if (!reachable && this.configuration.skipUpdateUnreachable && oldInputs !== undefined) {
      return { inputs: oldInputs, failures: [] };
    }
    const { apiVersion, kind } = kindOf(resource.type);
    let type: ServedType | undefined;
    try {
      type = reachable ? await this.cluster.definitions.find(apiVersion, kind) : undefined;
    } catch (error) {
      return { inputs: newInputs, failures: [{ property: "kind", reason: messageOf(error) }] };
    }
    const namespace = type?.namespaced === false ? undefined : this.configuration.namespace;
    return {
      inputs: completeInputs(resource, oldInputs, newInputs, randomSeed, namespace),
      failures: shapeFailures(resource.type, newInputs),
    };
  }

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

  async create(
    resource: ResourceReference,
    inputs: Values,
    options: OperationOptions,
  ): Promise<{ readonly id: string; readonly outputs: Values }> {
    const manifest = toManifest(inputs);
    if (options.preview) {
      const outputs = manifest && (await this.previewCreate(resource, manifest));
      return { id: "", outputs: outputs ?? inputs };
    }
    if (manifest === undefined) {
      throw new TypeError(`the inputs of ${resource.urn} hold unknown values outside of a preview`);
    }
    const type = await this.cluster.definitions.provide(
      textAt(manifest, "apiVersion"),
      textAt(manifest, "kind"),
    );
    const live = await this.applier.findNamed(type, manifest);
    const applied =
      live !== undefined && this.cluster.definitions.isOwn(live)
        ? await this.takeOver(resource, type, manifest)
        : await this.make(resource, type, manifest, live, options);
    const outputs = await this.settle(type, manifest, applied, inputs, options, "created");
    return { id: identifierOf(applied), outputs };
  }

  /** A dry run where one is possible; undefined when the inputs are all that can be said. */
  private async previewCreate(
    resource: ResourceReference,
    manifest: JsonObject,
  ): Promise<Values | undefined> {
    if (!(await this.cluster.isReachable())) {
      return undefined;
    }
    const type = await this.cluster.definitions.find(
      textAt(manifest, "apiVersion"),
      textAt(manifest, "kind"),
    );
    if (type === undefined || (await this.applier.findNamed(type, manifest)) !== undefined) {
      return undefined;
    }
    try {
      const applied = await this.applier.apply(resource, type, manifest, "dry-run");
      return toPreviewOutputs(applied, manifest);
    } catch (error) {
      const isNamespaceMissing = error instanceof ApiError && error.status === 404;
      if (!isNamespaceMissing) {
        throw error;
      }
      await this.validateElsewhere(resource, type, manifest);
      return undefined;
    }
  }

  /** The namespace will come with the same run: until then its objects are checked as if they went to another. */
  private async validateElsewhere(
    resource: ResourceReference,
    type: ServedType,
    manifest: JsonObject,
  ): Promise<void> {
    const elsewhere = withAt(manifest, ["metadata", "namespace"], "default");
    try {
      await this.applier.apply(resource, type, isObject(elsewhere) ? elsewhere : manifest, "dry-run");
    } catch (error) {
      if (error instanceof ApiError && [400, 422, 500].includes(error.status)) {
        throw error;
      }
    }
  }

  /** A definition that the sandbox created in place of the real one, which now exists. */
  private async takeOver(
    resource: ResourceReference,
    type: ServedType,
    manifest: JsonObject,
  ): Promise<JsonObject> {
    const applied = await this.applier.apply(resource, type, manifest, "take over");
    return this.cluster.definitions.handOver(applied);
  }

  private async make(
    resource: ResourceReference,
    type: ServedType,
    manifest: JsonObject,
    live: JsonObject | undefined,
    options: OperationOptions,
  ): Promise<JsonObject> {
    await this.assertAbsent(resource, type, manifest, live, options);
    return this.applier.apply(resource, type, manifest, "real");
  }

  /** A create must not take over an object; but one that a killed run of this very resource left is its own. */
  private async assertAbsent(
    resource: ResourceReference,
    type: ServedType,
    manifest: JsonObject,
    live: JsonObject | undefined,
    options: OperationOptions,
  ): Promise<void> {
    if (live === undefined || this.configuration.upsertExistingObjects) {
      return;
    }
    if (at(live, "metadata", "deletionTimestamp") !== undefined) {
      await waitUntilGone(this.cluster, type, live, {
        timeoutSeconds: this.timeoutOf(manifest, options.timeoutSeconds),
        log: options.log,
      });
      return;
    }
    const managers = listAt(live, "metadata", "managedFields").map((entry) => textAt(entry, "manager"));
    if (!managers.includes(fieldManager(resource.urn, manifest))) {
      throw new Error(
        `${labelOf(live)} exists already and belongs to ${managers[0] || "someone else"}. Rename one of them, give the resource ` +
          "an alias if it was renamed in the program, or take the object over with the import option",
      );
    }
  }

  async read(
    resource: ResourceReference,
    id: string,
    state: Old,
  ): Promise<{ readonly id: string; readonly inputs: Values; readonly outputs: Values } | undefined> {
    if (!(await this.cluster.isReachable())) {
      return this.readUnreachable();
    }
    const { apiVersion, kind } = kindOf(resource.type);
    const type = await this.cluster.definitions.find(apiVersion, kind);
    const live = type && (await this.applier.find(type, id));
    if (type === undefined || live === undefined) {
      return undefined;
    }
    const inputs = await this.inputsFrom(resource, type, live, state);
    const found = { id: identifierOf(live), inputs, outputs: toOutputs(live) };
    const shortcoming = shortcomingOf(live);
    if (shortcoming !== undefined) {
      throw new PartialFailure(
        `${labelOf(live)} is not ready: ${shortcoming}`,
        found.id,
        found.outputs,
        inputs,
      );
    }
    return found;
  }

  private readUnreachable(): undefined {
    if (this.configuration.deleteUnreachable) {
      return undefined;
    }
    throw this.unreachable();
  }

  private unreachable(): Error {
    return new Error(
      `the cluster at ${this.cluster.client.endpoint} cannot be reached. If it is gone for good, run the command again with ` +
        "PULUMI_K8S_DELETE_UNREACHABLE=true, which drops its objects from the state",
    );
  }

  /** The inputs that would create the live object: the old ones, except where it was changed since. */
  private async inputsFrom(
    resource: ResourceReference,
    type: ServedType,
    live: JsonObject,
    state: Old,
  ): Promise<Values> {
    const manifest = toManifest(state.inputs);
    if (manifest === undefined || Object.keys(manifest).length === 0) {
      return importedInputs(live);
    }
    if (at(live, "metadata", "resourceVersion") === resourceVersionOf(state.outputs)) {
      return state.inputs;
    }
    const applied = await this.applier.apply(resource, type, manifest, "dry-run");
    const drift = changesBetween(withoutServerSide(applied), withoutServerSide(live));
    const drifted = drift.filter(({ path }) => at(manifest, ...path.slice(0, -1)) !== undefined);
    if (drifted.length === 0) {
      return state.inputs;
    }
    const changed = drifted.reduce<Json>(
      (inputs, { path }) => withAt(inputs, path, at(live, ...path)),
      manifest,
    );
    return isObject(changed) ? changed : manifest;
  }

  async update(
    resource: ResourceReference,
    id: string,
    _old: Old,
    newInputs: Values,
    options: OperationOptions & { readonly ignoreChanges: readonly string[] },
  ): Promise<{ readonly outputs: Values }> {
    const manifest = toManifest(newInputs);
    if (manifest === undefined || (options.preview && !(await this.cluster.isReachable()))) {
      return { outputs: newInputs };
    }
    const [apiVersion, kind] = [textAt(manifest, "apiVersion"), textAt(manifest, "kind")];
    const { definitions } = this.cluster;
    const type = options.preview
      ? await definitions.find(apiVersion, kind)
      : await definitions.provide(apiVersion, kind);
    if (type === undefined) {
      return { outputs: newInputs };
    }
    const live = await this.applier.find(type, id);
    const ignored = options.ignoreChanges.map(parsePath);
    const body = live === undefined ? manifest : withLiveValues(manifest, live, ignored);
    if (options.preview) {
      return { outputs: toOutputs(await this.applier.rehearse(resource, type, body)) };
    }
    const applied = await this.applier.apply(resource, type, body, "real");
    return { outputs: await this.settle(type, manifest, applied, newInputs, options, "updated") };
  }

  async delete(
    _resource: ResourceReference,
    id: string,
    old: Old,
    options: { readonly timeoutSeconds: number },
  ): Promise<void> {
    if (!(await this.cluster.isReachable())) {
      this.readUnreachable();
      return;
    }
    const manifest = toManifest(old.inputs) ?? {};
    const { apiVersion, kind } = {
      apiVersion: textAt(manifest, "apiVersion"),
      kind: textAt(manifest, "kind"),
    };
    const type = await this.cluster.definitions.find(apiVersion, kind);
    if (type === undefined) {
      // Its definition is gone, and with it every object of the kind.
      return;
    }
    const remaining = await requestDeletion(this.cluster, this.applier.pathById(type, id), manifest);
    if (remaining !== undefined) {
      await waitUntilGone(this.cluster, type, remaining, {
        timeoutSeconds: this.timeoutOf(manifest, options.timeoutSeconds),
        log: () => undefined,
      });
    }
  }

  /** Waits for the object to do its work; what has been written stays in state even when it does not. */
  private async settle(
    type: ServedType,
    manifest: JsonObject,
    applied: JsonObject,
    inputs: Values,
    options: OperationOptions,
    verb: string,
  ): Promise<Values> {
    if (textAt(applied, "kind") === "CustomResourceDefinition") {
      await this.cluster.types.add(applied);
    }
    const rule = ruleFor(applied);
    if (rule === undefined) {
      return toOutputs(applied);
    }
    try {
      const settled = await waitUntilReady(
        this.cluster.client,
        this.cluster.watches,
        collectionPath(type),
        applied,
        rule,
        {
          timeoutSeconds: this.timeoutOf(manifest, options.timeoutSeconds, rule.timeoutSeconds),
          signal: options.signal,
          log: (message) => options.log(message),
        },
      );
      return toOutputs(settled);
    } catch (error) {
      if (!(error instanceof NotReady)) {
        throw error;
      }
      throw new PartialFailure(
        `${labelOf(applied)} was ${verb}, but did not become ready: ${error.message}`,
        identifierOf(applied),
        toOutputs(error.last ?? applied),
        inputs,
      );
    }
  }

  private timeoutOf(
    manifest: JsonObject,
    customSeconds: number,
    ruleSeconds = defaultTimeoutSeconds,
  ): number {
    return customSeconds || Number(annotationOf(manifest, annotations.timeoutSeconds)) || ruleSeconds;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof Error && !(error instanceof Unreachable)) {
    return error.message;
  }
  throw error;
}
