import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { at, entries, isObject, items, type Value, type Values } from "../value";
import { workloadKinds } from "./pods";
import { yamlIn } from "./yaml";

/** What a kustomization makes objects of. */
interface Kustomized {
  /** Files and folders with objects. */
  readonly paths: readonly string[];
  /** ConfigMaps that it generates, and its patches as objects of the kinds of Pulumi's patches. */
  readonly objects: readonly Value[];
}

/** The kustomization of a folder; undefined when it has none. */
export function kustomizationAt(folder: string): Value | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const file = ["kustomization.yaml", "kustomization.yml", "Kustomization"]
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  return file === undefined ? undefined : yamlIn(readFileSync(file, "utf8"))[0];
}

export function kustomized(kustomization: Value, folder: string): Kustomized {
  const texts = (field: string): readonly string[] =>
    items(at(kustomization, field)).filter((one) => typeof one === "string");
  const patches = ["patches", "patchesJson6902"]
    .flatMap((field) => items(at(kustomization, field)))
    .concat(
      texts("patchesStrategicMerge").map((one): Values => ({ [/\n/.test(one) ? "patch" : "path"]: one })),
    );
  return {
    paths: ["resources", "bases", "components"]
      .flatMap(texts)
      .filter((path) => !/^[a-z]+:\/\/|^git@|^github\.com/i.test(path))
      .map((path) => resolve(folder, path)),
    objects: [
      ...items(at(kustomization, "configMapGenerator")).map((one) => configMap(one, folder)),
      ...patches.flatMap((one) => patched(one, folder)),
    ],
  };
}

/** The ConfigMap that a generator makes of literals and files. */
function configMap(generator: Value, folder: string): Value {
  const pairs = (field: string): readonly (readonly [string, string])[] =>
    items(at(generator, field)).map((one) => {
      const [key = "", ...rest] = String(one).split("=");
      return [key, rest.length === 0 ? key : rest.join("=")];
    });
  const files = [...pairs("files"), ...pairs("envs")].map(([key, path]) => [key, read(path, folder)]);
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: at(generator, "name") ?? "", namespace: at(generator, "namespace") ?? null },
    data: Object.fromEntries([...pairs("literals"), ...files]),
  };
}

function read(path: string, folder: string): string {
  const file = resolve(folder, path);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, "utf8") : "";
}

/** What a patch, whole or a list of operations, sets in its target. */
function patched(patch: Value, folder: string): readonly Value[] {
  const inline = at(patch, "patch");
  const path = at(patch, "path");
  const text = typeof inline === "string" ? inline : typeof path === "string" ? read(path, folder) : "";
  const target = at(patch, "target");
  return yamlIn(text).flatMap((document) => {
    const set = Array.isArray(document) ? operated(document) : document;
    return isObject(set) ? [asPatch(set, target)] : [];
  });
}

function asPatch(set: Values, target: Value | undefined): Values {
  const kind = String(at(set, "kind") ?? at(target, "kind") ?? "");
  return {
    ...set,
    apiVersion: at(set, "apiVersion") ?? apiVersionOf(target, kind),
    kind: `${kind}Patch`,
    metadata: { name: at(target, "name") ?? "", ...Object.fromEntries(entries(at(set, "metadata"))) },
  };
}

/** A target may leave out its group: then its kind says which. */
function apiVersionOf(target: Value | undefined, kind: string): string {
  const [workload] = workloadKinds.filter((one) => one.endsWith(`/${kind}`));
  const group = at(target, "group") ?? workload?.split("/")[0] ?? "core";
  return group === "core" ? "v1" : `${String(group)}/${String(at(target, "version") ?? "v1")}`;
}

/** The object that holds what operations of a JSON patch add. */
function operated(operations: readonly Value[]): Value {
  return operations.reduce<Value>((object, operation) => {
    const path = at(operation, "path");
    const value = at(operation, "value");
    if (typeof path !== "string" || value === undefined || at(operation, "op") === "test") return object;
    const steps = path
      .split("/")
      .slice(1)
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    return placed(object, steps, value);
  }, {});
}

function placed(object: Value | undefined, [step, ...rest]: readonly string[], value: Value): Value {
  if (step === undefined) return value;
  if (/^(\d+|-)$/.test(step)) {
    const list = items(object);
    const index = step === "-" ? list.length : Math.min(Number(step), list.length);
    return list.toSpliced(index, 1, placed(list[index], rest, value));
  }
  return { ...(isObject(object) ? object : {}), [step]: placed(at(object, step), rest, value) };
}
