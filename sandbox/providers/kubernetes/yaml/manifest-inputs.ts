import type { Component, Values } from "../../standin";
import { isList, type Json, type JsonObject, toJsonObject } from "../json";

/** What a ConfigFile or ConfigGroup is to install. */
export interface ManifestInputs {
  /** Paths and addresses. */
  readonly files: readonly string[];
  /** A manifest in the program. */
  readonly yaml: string | undefined;
  /** Objects in the program. */
  readonly objects: readonly Json[];
  /** What the children's names begin with; empty for nothing. */
  readonly prefix: string;
  readonly skipAwait: boolean;
}

/** The components that are made of a manifest's objects, and the inputs that say which. */
const components: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:yaml/v2:ConfigFile": ["file"],
  "kubernetes:yaml/v2:ConfigGroup": ["files", "yaml", "objs"],
};

export function isManifestComponent(type: string): boolean {
  return type in components;
}

/** Reads fully known inputs. */
export function parseInputs({ type, name }: Component, values: Values): ManifestInputs {
  const content = components[type];
  if (content === undefined) {
    throw new Error(
      `the sandbox's kubernetes provider does not offer ${type}; its components are ${Object.keys(components).join(", ")}`,
    );
  }
  const inputs = toJsonObject(values);
  const places = inputs.file === undefined ? listOf(inputs, "files") : [inputs.file];
  const manifest: ManifestInputs = {
    files: places.map((place) => {
      if (typeof place !== "string" || place === "") {
        throw new Error(`${JSON.stringify(place)} is no manifest; give the path of a file or an address`);
      }
      return place;
    }),
    yaml: textOf(inputs, "yaml"),
    objects: listOf(inputs, "objs"),
    prefix: textOf(inputs, "resourcePrefix") ?? name,
    skipAwait: inputs.skipAwait === true,
  };
  if (manifest.files.length === 0 && manifest.yaml === undefined && manifest.objects.length === 0) {
    throw new Error(`there is nothing to install; give ${content.join(" or ")}`);
  }
  return manifest;
}

function textOf(inputs: JsonObject, key: string): string | undefined {
  const value = inputs[key];
  if (value !== undefined && value !== null && typeof value !== "string") {
    throw new Error(`${key} is ${JSON.stringify(value)}, and has to be a string`);
  }
  return value ?? undefined;
}

function listOf(inputs: JsonObject, key: string): readonly Json[] {
  const value = inputs[key] ?? [];
  if (!isList(value)) {
    throw new Error(`${key} is ${JSON.stringify(value)}, and has to be a list`);
  }
  return value;
}
