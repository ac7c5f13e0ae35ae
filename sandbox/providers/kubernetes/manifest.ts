import { createHash } from "node:crypto";
import { Secret, unknown, type Value, type Values } from "../standin";
import {
  at,
  holdsUnknown,
  isObject,
  isValues,
  type Json,
  type JsonObject,
  objectAt,
  textAt,
  toJson,
  withAt,
} from "./json";

/** Annotations that steer the provider, as the official one reads them. */
export const annotations = {
  autonamed: "pulumi.com/autonamed",
  skipAwait: "pulumi.com/skipAwait",
  waitFor: "pulumi.com/waitFor",
  timeoutSeconds: "pulumi.com/timeoutSeconds",
  replaceUnready: "pulumi.com/replaceUnready",
  patchForce: "pulumi.com/patchForce",
  patchFieldManager: "pulumi.com/patchFieldManager",
  deletionPropagation: "pulumi.com/deletionPropagationPolicy",
} as const;

export function annotationOf(object: JsonObject, name: string): string {
  return textAt(object, "metadata", "annotations", name);
}

export function isMarked(object: JsonObject, name: string): boolean {
  return annotationOf(object, name).toLowerCase() === "true";
}

/** `Deployment shop/web`, as messages name an object. */
export function labelOf(object: JsonObject): string {
  return `${textAt(object, "kind")} ${identifierOf(object)}`;
}

/** The object's identifier in Pulumi's state: `namespace/name`, or `name` for what belongs to no namespace. */
export function identifierOf(object: JsonObject): string {
  const namespace = textAt(object, "metadata", "namespace");
  const name = textAt(object, "metadata", "name");
  return namespace === "" ? name : `${namespace}/${name}`;
}

/** Fully known inputs as the manifest to apply; undefined while something in them is unknown. */
export function toManifest(inputs: Values): JsonObject | undefined {
  return holdsUnknown(inputs) ? undefined : withoutStringData(dashed(objectOf(toJson(inputs))));
}

/** Inputs for comparing: like a manifest, but unknown values stay where they are. */
export function comparable(inputs: Values): Values {
  return toManifest(inputs) ?? inputs;
}

function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

/** The API server merges `stringData` into `data` and forgets it; applying it as `data` keeps ownership right. */
function withoutStringData(object: JsonObject): JsonObject {
  if (
    textAt(object, "kind") !== "Secret" ||
    textAt(object, "apiVersion") !== "v1" ||
    !("stringData" in object)
  ) {
    return object;
  }
  const { stringData: _stringData, ...rest } = object;
  const encoded = Object.entries(objectAt(object, "stringData")).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  return { ...rest, data: { ...objectAt(object, "data"), ...Object.fromEntries(encoded) } };
}

/** Pulumi's property names cannot hold the dashes of `x-kubernetes-*`. */
function dashed<T extends Json>(value: T): T;
function dashed(value: Json): Json {
  return renamed(value, (key) => (key.startsWith("x_kubernetes_") ? key.replaceAll("_", "-") : key));
}

function underscored(value: Json): Json {
  return renamed(value, (key) => (key.startsWith("x-kubernetes-") ? key.replaceAll("-", "_") : key));
}

function renamed(value: Json, rename: (key: string) => string): Json {
  if (Array.isArray(value)) {
    return value.map((item: Json) => renamed(item, rename));
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), renamed(item, rename)]))
    : value;
}

/**
 * A live object as Pulumi's state holds it. Left out are the field managers: bookkeeping of the API server, larger
 * than many objects, that changes with every writer.
 */
export function toOutputs(live: JsonObject): Values {
  const shown = objectOf(underscored(withAt(live, ["metadata", "managedFields"], undefined)));
  return textAt(live, "kind") === "Secret" && textAt(live, "apiVersion") === "v1" ? sealed(shown) : shown;
}

function sealed(secret: JsonObject): Values {
  const bare = objectOf(withAt(secret, ["metadata", "annotations", lastApplied], undefined));
  return "data" in bare ? { ...bare, data: new Secret(objectAt(bare, "data")) } : bare;
}

/** kubectl's copy of what it applied: a Secret in clear. */
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** What the API server decides only when the object is really created, after a dry run has shown the rest. */
const decidedAtCreation = [
  ["metadata", "uid"],
  ["metadata", "resourceVersion"],
  ["metadata", "creationTimestamp"],
  ["spec", "clusterIP"],
  ["spec", "clusterIPs"],
] as const;

/** The outputs of a dry run of a creation: values that will differ in the end are unknown. */
export function toPreviewOutputs(dryRun: JsonObject, inputs: JsonObject): Values {
  const { status: _status, ...outputs } = toOutputs(dryRun);
  const shown: Record<string, Value> = { ...outputs };
  for (const [section, field] of decidedAtCreation) {
    const known = shown[section];
    if (at(inputs, section, field) === undefined && isValues(known) && field in known) {
      shown[section] = { ...known, [field]: unknown };
    }
  }
  return shown;
}

/**
 * Whose fields are whose, for server-side apply. The official provider draws a random name for each resource; here it
 * follows from the URN, so that a run which was killed right after its call can tell its own object afterwards.
 */
export function fieldManager(urn: string, object: JsonObject): string {
  return (
    annotationOf(object, annotations.patchFieldManager) || `pulumi-kubernetes-${digest(urn).slice(0, 8)}`
  );
}

/** A name as the official provider makes one: the resource's name and eight digits from the engine's seed. */
export function automaticName(resourceName: string, seed: Uint8Array): string {
  return `${resourceName}-${digest(Buffer.concat([seed, Buffer.from(resourceName)])).slice(0, 8)}`;
}

function digest(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Fields of an object that only the API server and controllers write: their values are no drift. */
const serverSide: readonly (readonly string[])[] = [
  ["status"],
  ["metadata", "managedFields"],
  ["metadata", "resourceVersion"],
  ["metadata", "generation"],
  ["metadata", "uid"],
  ["metadata", "creationTimestamp"],
  ["metadata", "deletionTimestamp"],
  ["metadata", "deletionGracePeriodSeconds"],
];

export function withoutServerSide(object: JsonObject): JsonObject {
  return objectOf(serverSide.reduce<Json>((rest, path) => withAt(rest, path, undefined), object));
}
