import { ApiError } from "../../api-server/errors";
import type { ResourceReference, Values } from "../standin";
import type { Cluster } from "./cluster";
import type { Configuration } from "./configuration";
import { isObject, type JsonObject, textAt, withAt } from "./json";
import { annotations, fieldManager, isMarked, labelOf } from "./manifest";
import { objectPath, type ServedType } from "./served-types";

/** Writes objects by server-side apply, and knows where each one is. */
export class Applier {
  /** Where objects go that name no namespace. */
  readonly defaultNamespace: string;

  constructor(
    private readonly cluster: Cluster,
    private readonly configuration: Configuration,
  ) {
    this.defaultNamespace = configuration.namespace ?? "default";
  }

  /**
   * Applies with strict validation of fields. A dry run forces: it asks what would be, not whether it may. So does who
   * takes over an object that another was to hold only until then.
   */
  apply(
    resource: ResourceReference,
    type: ServedType,
    manifest: JsonObject,
    mode: "real" | "take over" | "dry-run",
  ): Promise<JsonObject> {
    return this.send(resource, type, manifest, mode !== "real" || this.forces(manifest), mode === "dry-run");
  }

  /** A dry run that meets the conflicts which the real one would meet. */
  rehearse(resource: ResourceReference, type: ServedType, manifest: JsonObject): Promise<JsonObject> {
    return this.send(resource, type, manifest, this.forces(manifest), true);
  }

  /** The live object of this name; undefined when there is none. */
  findNamed(type: ServedType, manifest: JsonObject): Promise<JsonObject | undefined> {
    return this.cluster.client.find(this.pathOf(type, manifest));
  }

  /** The live object of this identifier; undefined when there is none. */
  find(type: ServedType, id: string): Promise<JsonObject | undefined> {
    return this.cluster.client.find(this.pathById(type, id));
  }

  pathById(type: ServedType, id: string): string {
    const slash = id.indexOf("/");
    const namespace = slash === -1 ? this.defaultNamespace : id.slice(0, slash);
    return objectPath(type, namespace, id.slice(slash + 1));
  }

  private pathOf(type: ServedType, manifest: JsonObject): string {
    return objectPath(
      type,
      namespaceOf(manifest) ?? this.defaultNamespace,
      textAt(manifest, "metadata", "name"),
    );
  }

  private forces(manifest: JsonObject): boolean {
    return this.configuration.enablePatchForce || isMarked(manifest, annotations.patchForce);
  }

  private async send(
    resource: ResourceReference,
    type: ServedType,
    manifest: JsonObject,
    force: boolean,
    dryRun: boolean,
  ): Promise<JsonObject> {
    const namespace = type.namespaced ? (namespaceOf(manifest) ?? this.defaultNamespace) : undefined;
    const placed = withAt(manifest, ["metadata", "namespace"], namespace);
    try {
      return await this.cluster.client.apply(
        this.pathOf(type, manifest),
        isObject(placed) ? placed : manifest,
        {
          fieldManager: fieldManager(resource.urn, manifest),
          fieldValidation: "Strict",
          force: String(force),
          ...(dryRun && { dryRun: "All" }),
        },
      );
    } catch (error) {
      throw error instanceof ApiError ? explained(error, manifest) : error;
    }
  }
}

export function namespaceOf(object: Values): string | undefined {
  const { metadata } = object;
  const namespace = isObject(metadata) ? metadata.namespace : undefined;
  return typeof namespace === "string" && namespace !== "" ? namespace : undefined;
}

/** Says which object the API server speaks of, and what helps against the fault that is met most. */
function explained(error: ApiError, manifest: JsonObject): ApiError {
  const hint =
    error.status === 409
      ? `\nSomeone else owns these fields. Leave them out, ignore them with ignoreChanges, or take them with the annotation ${annotations.patchForce}: "true"`
      : "";
  const message = `${labelOf(manifest)}: ${error.message}${hint}`;
  return new ApiError(message, error.status, error.reason, error.causes);
}
