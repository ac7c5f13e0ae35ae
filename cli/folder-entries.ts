import { readdir } from "node:fs/promises";
import { hasCode } from "./errors";

/** Names of what is in a folder, in a stable order; none when there is no such folder. */
export async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) {
      return [];
    }
    throw error;
  }
}
