import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Value, Values } from "../value";

/**
 * The texts of YAML that a group of manifests, or a directory for Kustomize, names on this disk. What lies at an address is not
 * read: its objects are resources of the stack too, and judged as such. Patches of Kustomize are read as the objects that they are
 * laid over.
 */
export function manifestsOf(properties: Values): readonly string[] {
  // The engine starts the pack in its own folder; the program is the one that holds it.
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

/** The files of YAML at a path: one, those of a folder and below it, or those that a `*` in the last name stands for. */
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
