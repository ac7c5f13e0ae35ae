import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Value, Values } from "../value";

/**
 * The YAML texts on this disk that a group of manifests or a Kustomize directory names. Addresses are not
 * read, because their objects are resources of the stack and judged there. Kustomize patches are read as if
 * they were whole objects.
 */
export function manifestsOf(properties: Values): readonly string[] {
  // The engine starts the pack in its own folder; the program is in the folder above.
  const program = dirname(process.cwd());
  return ["file", "files", "directory"]
    .flatMap((field) => textsOf(properties[field]))
    .filter((path) => !/^[a-z]+:\/\//i.test(path))
    .flatMap((path) => filesAt(resolve(program, path)))
    .map((file) => readFileSync(file, "utf8"));
}

function textsOf(value: Value | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

const yaml = /\.ya?ml$/;
const kustomization = /(^|\/)[Kk]ustomization(\.ya?ml)?$/;

/**
 * The YAML files at a path: one file, those in a folder and below, or those matching a `*` in the last name.
 */
function filesAt(path: string): readonly string[] {
  if (path.includes("*")) {
    const folder = dirname(path);
    if (folder.includes("*") || !existsSync(folder)) return [];
    return filesAt(folder).filter((file) => dirname(file) === folder);
  }
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return yaml.test(path) ? [path] : [];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => yaml.test(name) && !kustomization.test(name))
    .map((name) => join(path, name));
}
