import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What of a repository no up is made of. */
const unrelated: ReadonlySet<string> = new Set([".git", "bench", "build", "docs", "node_modules", "test"]);

/**
 * Differs after every change to what an up of a repository is made of, its packages included. By size and time of each file:
 * the contents would take longer to read than they are worth within one run of the suite.
 */
export function fingerprint(repository: string): string {
  const hash = createHash("sha256");
  const sources = readdirSync(repository).filter((name) => !unrelated.has(name));
  for (const source of [...sources, join("node_modules", ".package-lock.json")]) {
    for (const file of filesBelow(join(repository, source))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file}\0${size}\0${mtimeMs}\0`);
    }
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
