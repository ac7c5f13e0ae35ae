import { formatPath, overlaps, type PropertyPath, parsePath } from "../property-path";
import {
  type CheckFailure,
  type ConfiguredProvider,
  type Difference,
  type OperationOptions,
  PartialFailure,
  type PropertyDifference,
  type ResourceReference,
  type Values,
} from "../standin";
import { ApiError, Unreachable } from "./api";
import type { Cluster } from "./cluster";
import { type Change, changesBetween } from "./compare";
import type { Configuration } from "./configuration";
import { waitUntilGone } from "./deletion";
import { immutablePaths, needsReplacement } from "./immutable";
import { completeInputs, kindOf, refusalOf, shapeFailures } from "./inputs";
import { at, isObject, type Json, type JsonObject, listAt, textAt, withAt } from "./json";
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
import { collectionPath, groupOf, objectPath, type ServedType } from "./served-types";

type Old = { readonly inputs: Values; readonly outputs: Values };

/** Seconds that a wait may take when neither the program nor the kind says otherwise. */
const defaultTimeoutSeconds = 600;

/** The life of Kubernetes objects: created, changed and deleted in a real API server. */
export class Objects implements Omit<ConfiguredProvider, "invoke"> {
  constructor(
    private readonly configuration: Configuration,
    private readonly cluster: Cluster,
  ) {}

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
    const namespaces = [old.inputs, newInputs].map((inputs) => namespaceOf(inputs) ?? this.defaultNamespace);
    return !isNamespace || namespaces[0] !== namespaces[1];
  }

  private get defaultNamespace(): string {
    return this.configuration.namespace ?? "default";
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
    const live = type && (await this.cluster.client.find(this.pathOf(type, id)));
    if (type === undefined || live === undefined) {
      return [{ path: ["metadata", "uid"], kind: "update" }];
    }
    if (!isAsked && at(live, "metadata", "resourceVersion") === resourceVersionOf(old.outputs)) {
      return [];
    }
    const applied = await this.apply(resource, type, withLiveValues(manifest, live, ignored), {
      dryRun: true,
      force: true,
    });
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
    await this.assertAbsent(resource, type, manifest, options);
    const applied = await this.apply(resource, type, manifest, {
      dryRun: false,
      force: this.forces(manifest),
    });
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
    if (type === undefined || (await this.cluster.client.find(this.pathIn(type, manifest))) !== undefined) {
      return undefined;
    }
    try {
      const applied = await this.apply(resource, type, manifest, { dryRun: true, force: true });
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
      await this.apply(resource, type, isObject(elsewhere) ? elsewhere : manifest, {
        dryRun: true,
        force: true,
      });
    } catch (error) {
      if (error instanceof ApiError && [400, 422, 500].includes(error.status)) {
        throw error;
      }
    }
  }

  /** A create must not take over an object; but one that a killed run of this very resource left is its own. */
  private async assertAbsent(
    resource: ResourceReference,
    type: ServedType,
    manifest: JsonObject,
    options: OperationOptions,
  ): Promise<void> {
    const path = this.pathIn(type, manifest);
    const live = await this.cluster.client.find(path);
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
    const live = type && (await this.cluster.client.find(this.pathOf(type, id)));
    if (type === undefined || live === undefined) {
      return undefined;
    }
    const inputs = await this.inputsFrom(resource, type, live, state);
    return { id: identifierOf(live), inputs, outputs: toOutputs(live) };
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

  /** The inputs that would make the live object as it is: the old ones, except where somebody changed it since. */
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
    const applied = await this.apply(resource, type, manifest, { dryRun: true, force: true });
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
    const live = await this.cluster.client.find(this.pathOf(type, id));
    const ignored = options.ignoreChanges.map(parsePath);
    const body = live === undefined ? manifest : withLiveValues(manifest, live, ignored);
    const applied = await this.apply(resource, type, body, {
      dryRun: options.preview,
      force: this.forces(manifest),
    });
    if (options.preview) {
      return { outputs: toOutputs(applied) };
    }
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
    const remaining = await this.requestDeletion(type, id, manifest);
    if (remaining !== undefined) {
      await waitUntilGone(this.cluster, type, remaining, {
        timeoutSeconds: this.timeoutOf(manifest, options.timeoutSeconds),
        log: () => undefined,
      });
    }
  }

  /** The object as it lives on after the request (finalizers, dependents); undefined when it is gone at once. */
  private async requestDeletion(
    type: ServedType,
    id: string,
    manifest: JsonObject,
  ): Promise<JsonObject | undefined> {
    try {
      const answer = await this.cluster.client.request("DELETE", this.pathOf(type, id), {
        body: { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: propagationOf(manifest) },
      });
      return textAt(answer, "kind") === "Status" || at(answer, "metadata", "deletionTimestamp") === undefined
        ? undefined
        : answer;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        return undefined;
      }
      throw error;
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

  private forces(manifest: JsonObject): boolean {
    return this.configuration.enablePatchForce || isMarked(manifest, annotations.patchForce);
  }

  private async apply(
    resource: ResourceReference,
    type: ServedType,
    manifest: JsonObject,
    { dryRun, force }: { readonly dryRun: boolean; readonly force: boolean },
  ): Promise<JsonObject> {
    const placed = type.namespaced
      ? withAt(manifest, ["metadata", "namespace"], namespaceOf(manifest) ?? this.defaultNamespace)
      : withAt(manifest, ["metadata", "namespace"], undefined);
    try {
      return await this.cluster.client.request("PATCH", this.pathIn(type, manifest), {
        body: isObject(placed) ? placed : manifest,
        contentType: "application/apply-patch+yaml",
        query: {
          fieldManager: fieldManager(resource.urn, manifest),
          fieldValidation: "Strict",
          force: String(force),
          ...(dryRun && { dryRun: "All" }),
        },
      });
    } catch (error) {
      throw error instanceof ApiError ? explained(error, manifest) : error;
    }
  }

  private pathIn(type: ServedType, manifest: JsonObject): string {
    return objectPath(
      type,
      namespaceOf(manifest) ?? this.defaultNamespace,
      textAt(manifest, "metadata", "name"),
    );
  }

  private pathOf(type: ServedType, id: string): string {
    const slash = id.indexOf("/");
    const namespace = slash === -1 ? this.defaultNamespace : id.slice(0, slash);
    return objectPath(type, namespace, id.slice(slash + 1));
  }
}

function namespaceOf(object: Values): string | undefined {
  const { metadata } = object;
  const namespace = isObject(metadata) ? metadata.namespace : undefined;
  return typeof namespace === "string" && namespace !== "" ? namespace : undefined;
}

function resourceVersionOf(outputs: Values): Json | undefined {
  const { metadata } = outputs;
  return isObject(metadata) ? metadata.resourceVersion : undefined;
}

/** True when the replacement has the very name of what it replaces, so that the old one must go first. */
function keepsName(id: string, manifest: JsonObject | undefined): boolean {
  if (manifest === undefined) {
    return true;
  }
  const isAutomatic = isMarked(manifest, annotations.autonamed);
  const name = textAt(manifest, "metadata", "name");
  const namespace = namespaceOf(manifest);
  const isSame = id.endsWith(`/${name}`)
    ? namespace === undefined || id === `${namespace}/${name}`
    : id === name;
  return !isAutomatic && isSame;
}

/** The manifest with ignored fields as they are in the cluster, so that applying it leaves them alone. */
function withLiveValues(
  manifest: JsonObject,
  live: JsonObject,
  ignored: readonly PropertyPath[],
): JsonObject {
  const result = ignored
    .filter((path) => !path.includes("*") && at(live, ...path) !== undefined)
    .reduce<Json>((merged, path) => withAt(merged, path, at(live, ...path)), manifest);
  return isObject(result) ? result : manifest;
}

function covers(outer: PropertyPath, inner: PropertyPath): boolean {
  return outer.length <= inner.length && overlaps(outer, inner);
}

function toDifference(change: Change, replace: boolean, newInputs: Values): PropertyDifference {
  const [root, key] = change.path;
  const { stringData } = newInputs;
  // The live object holds everything as `data`; people find it where they wrote it.
  const isStringData =
    root === "data" &&
    typeof key === "string" &&
    newInputs.kind === "Secret" &&
    isObject(stringData) &&
    key in stringData;
  const path = isStringData ? ["stringData", ...change.path.slice(1)] : change.path;
  return { path: formatPath(path), kind: change.kind, replace };
}

/** Inputs for an object that Pulumi has not made: all that its owner could have written. */
function importedInputs(live: JsonObject): Values {
  const { apiVersion, kind, metadata, ...rest } = withoutServerSide(live);
  const kept = ["name", "namespace", "labels", "annotations"].flatMap((key) => {
    const value = at(metadata, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { apiVersion: apiVersion ?? null, kind: kind ?? null, metadata: Object.fromEntries(kept), ...rest };
}

/** Kinds that nothing is ever owned by: deleting them in the foreground would only wait for the garbage collector. */
const withoutDependents: ReadonlySet<string> = new Set([
  "/ConfigMap",
  "/Secret",
  "/ServiceAccount",
  "/LimitRange",
  "/ResourceQuota",
  "/PersistentVolumeClaim",
  "rbac.authorization.k8s.io/Role",
  "rbac.authorization.k8s.io/RoleBinding",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
  "networking.k8s.io/NetworkPolicy",
  "networking.k8s.io/Ingress",
  "networking.k8s.io/IngressClass",
  "policy/PodDisruptionBudget",
  "autoscaling/HorizontalPodAutoscaler",
  "scheduling.k8s.io/PriorityClass",
  "storage.k8s.io/StorageClass",
]);

function propagationOf(manifest: JsonObject): string {
  const asked = annotationOf(manifest, annotations.deletionPropagation).toLowerCase();
  if (asked === "orphan") {
    return "Orphan";
  }
  const key = `${groupOf(textAt(manifest, "apiVersion"))}/${textAt(manifest, "kind")}`;
  return asked === "background" || withoutDependents.has(key) ? "Background" : "Foreground";
}

/** Says which object the API server speaks of, and what helps against the faults that are met most. */
function explained(error: ApiError, manifest: JsonObject): ApiError {
  const hint =
    error.status === 409
      ? `\nSomeone else owns these fields. Leave them out, ignore them with ignoreChanges, or take them with the annotation ${annotations.patchForce}: "true"`
      : "";
  return new ApiError(
    `${labelOf(manifest)}: ${error.message}${hint}`,
    error.status,
    error.reason,
    error.causes,
  );
}

function messageOf(error: unknown): string {
  if (error instanceof Error && !(error instanceof Unreachable)) {
    return error.message;
  }
  throw error;
}
