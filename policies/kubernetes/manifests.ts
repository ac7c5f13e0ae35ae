import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Value, Values } from "../value";
import { kustomizationAt, kustomized } from "./kustomization";
import { yamlIn } from "./yaml";

/**
 * The objects on this disk that a group of manifests or a Kustomize directory names, patches of Kustomize as
 * patches. Addresses are not read, because their objects are resources of the stack and judged there.
 */
export function manifestsOf(properties: Values): readonly Value[] {
  // The engine starts the pack in its own folder; the program is in the folder above.
  const program = dirname(process.cwd());
  return ["file", "files", "directory"]
    .flatMap((field) => textsOf(properties[field]))
    .filter((path) => !/^[a-z]+:\/\//i.test(path))
    .flatMap((path) => objectsAt(resolve(program, path), new Set()));
}

function textsOf(value: Value | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/**
 * The objects at a path: of one file, of those that a folder's kustomization names or of all below it, or of
 * those matching a `*` in the last name.
 *
 * @param seen folders that have been read: a base is read once, and kustomizations may name each other
 */
function objectsAt(path: string, seen: Set<string>): readonly Value[] {
  const kustomization = kustomizationAt(path);
  if (kustomization === undefined) return filesAt(path).flatMap((file) => yamlIn(readFileSync(file, "utf8")));
  if (seen.has(path)) return [];
  seen.add(path);
  const { paths, objects } = kustomized(kustomization, path);
  return [...objects, ...paths.flatMap((one) => objectsAt(one, seen))];
}

const yaml = /\.ya?ml$/;
const name = /(^|\/)[Kk]ustomization(\.ya?ml)?$/;

function filesAt(path: string): readonly string[] {
  if (path.includes("*")) {
    const folder = dirname(path);
    if (folder.includes("*") || !existsSync(folder)) return [];
    return filesAt(folder).filter((file) => dirname(file) === folder);
  }
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return yaml.test(path) ? [path] : [];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => yaml.test(file) && !name.test(file))
    .map((file) => join(path, file));
}
