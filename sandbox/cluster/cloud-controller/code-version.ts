import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the cloud controller shares with the rest of the sandbox. */
const shared = ["api.ts", "folder.ts", "may-start.ts", "../paths.ts", "../errors.ts", "../folder-entries.ts"];

/** Folders whose code it runs: what operators and charts make, and how that is stood in for. */
const folders = ["../stood-in", "../../model"];

/** Changes whenever the controller's code does: a running controller of an older version is then replaced. */
export function cloudControllerCodeVersion(): string {
  const hash = createHash("sha256");
  for (const path of [
    ...codeIn(__dirname),
    ...folders.flatMap((folder) => codeIn(join(__dirname, "..", folder))),
    ...shared.map((file) => join(__dirname, "..", file)),
  ]) {
    hash.update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

function codeIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .sort()
    .map((file) => join(folder, file));
}
