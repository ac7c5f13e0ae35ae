import { PartialFailure, type ResourceReference, type Values } from "../standin";
import type { Applier } from "./applier";
import type { Cluster } from "./cluster";
import { changesBetween } from "./compare";
import type { Configuration } from "./configuration";
import { kindOf } from "./inputs";
import { at, isObject, type Json, type JsonObject, withAt } from "./json";
import { importedInputs, resourceVersionOf, shortcomingOf } from "./live";
import { identifierOf, labelOf, toManifest, toOutputs, withoutServerSide } from "./manifest";
import type { Old } from "./old";
import type { ServedType } from "./served-types";

/** Objects as they are in their cluster. */
export class LiveObjects {
  constructor(
    private readonly configuration: Configuration,
    private readonly cluster: Cluster,
    private readonly applier: Applier,
  ) {}

  async read(
    resource: ResourceReference,
    id: string,
    state: Old,
  ): Promise<{ readonly id: string; readonly inputs: Values; readonly outputs: Values } | undefined> {
    if (!(await this.cluster.isReachable())) {
      return this.dropUnreachable();
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

  /** @throws Error unless objects of a cluster that is gone are to be dropped */
  dropUnreachable(): undefined {
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
}
