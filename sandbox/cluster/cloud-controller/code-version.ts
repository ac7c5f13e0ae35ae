import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Changes whenever a program's code does: one that runs in an older version is then replaced. */
export function codeVersion(entry: string): string {
  const hash = createHash("sha256");
  for (const path of filesOf(entry)) {
    hash.update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

/** A file and all that it imports of the project's own, directly or not, in the order of their paths. */
export function filesOf(entry: string): readonly string[] {
  const found = new Set([entry]);
  // The set grows while it is walked.
  for (const file of found) {
    for (const [, module = ""] of readFileSync(file, "utf8").matchAll(/\bfrom "(\.[^"]*)"/g)) {
      found.add(pathOf(resolve(dirname(file), module)));
    }
  }
  return [...found].sort();
}

function pathOf(module: string): string {
  const candidates = [`${module}.ts`, join(module, "index.ts"), module];
  return candidates.find((path) => existsSync(path)) ?? module;
}
