import { Unreachable } from "../../api-server/errors";
import { parsePath } from "../property-path";
import {
  type CheckFailure,
  type ConfiguredProvider,
  type Difference,
  type OperationOptions,
  PartialFailure,
  type ResourceReference,
  type Values,
} from "../standin";
import { Applier } from "./applier";
import type { Cluster } from "./cluster";
import type { Configuration } from "./configuration";
import { requestDeletion, waitUntilGone } from "./deletion";
import { withLiveValues } from "./difference";
import { completeInputs, kindOf, refusalOf, shapeFailures } from "./inputs";
import { at, type JsonObject, listAt, textAt } from "./json";
import { LiveObjects } from "./live-objects";
import {
  annotationOf,
  annotations,
  fieldManager,
  identifierOf,
  labelOf,
  toManifest,
  toOutputs,
} from "./manifest";
import { ObjectDifferences } from "./object-differences";
import type { Old } from "./old";
import { previewCreate } from "./preview";
import { ruleFor } from "./readiness/rules";
import { NotReady, waitUntilReady } from "./readiness/wait";
import { collectionPath, type ServedType } from "./served-types";

/** Seconds that a wait may take when neither the program nor the kind says otherwise. */
const defaultTimeoutSeconds = 600;

/** The life of Kubernetes objects: created, changed and deleted in a real API server. */
export class Objects implements Omit<ConfiguredProvider, "invoke"> {
  private readonly applier: Applier;
  private readonly differences: ObjectDifferences;
  private readonly live: LiveObjects;

  constructor(
    private readonly configuration: Configuration,
    private readonly cluster: Cluster,
  ) {
    this.applier = new Applier(cluster, configuration);
    this.differences = new ObjectDifferences(configuration, cluster, this.applier);
    this.live = new LiveObjects(configuration, cluster, this.applier);
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

  diff(...args: Parameters<ObjectDifferences["diff"]>): Promise<Difference> {
    return this.differences.diff(...args);
  }

  read(...args: Parameters<LiveObjects["read"]>): ReturnType<LiveObjects["read"]> {
    return this.live.read(...args);
  }

  async create(
    resource: ResourceReference,
    inputs: Values,
    options: OperationOptions,
  ): Promise<{ readonly id: string; readonly outputs: Values }> {
    const manifest = toManifest(inputs);
    if (options.preview) {
      const outputs = manifest && (await previewCreate(resource, manifest, this.cluster, this.applier));
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
      this.live.dropUnreachable();
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
