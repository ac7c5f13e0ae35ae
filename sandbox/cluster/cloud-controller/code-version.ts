import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the cloud controller shares with the rest of the sandbox. */
const shared = ["api.ts", "folder.ts", "may-start.ts", "../paths.ts", "../errors.ts", "../folder-entries.ts"];

/** Changes whenever the controller's code does: a running controller of an older version is then replaced. */
export function cloudControllerCodeVersion(): string {
  const hash = createHash("sha256");
  const own = readdirSync(__dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  for (const path of [
    ...own.sort().map((file) => join(__dirname, file)),
    ...shared.map((file) => join(__dirname, "..", file)),
  ]) {
    hash.update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}
