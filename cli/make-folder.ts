import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { hasCode } from "./errors";

/**
 * Makes a folder and those above it, one after the other. Node's own recursive way never ends below a folder that takes no
 * entries, such as /proc.
 *
 * @throws the system's error, with the first path that cannot be made
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (hasCode(error, "EEXIST") && statSync(folder).isDirectory()) return;
    const parent = dirname(folder);
    if (!hasCode(error, "ENOENT") || parent === folder) throw error;
    makeFolder(parent);
    makeOnce(folder);
  }
}

/** Another process may have made it meanwhile. */
function makeOnce(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!hasCode(error, "EEXIST") || !statSync(folder).isDirectory()) throw error;
  }
}
