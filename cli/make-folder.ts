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
    makeOne(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (!hasCode(error, "ENOENT") || parent === folder) throw error;
    makeFolder(parent);
    makeOne(folder);
  }
}

/** It may be there, or another process make it meanwhile. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!hasCode(error, "EEXIST") || !statSync(folder).isDirectory()) throw error;
  }
}
