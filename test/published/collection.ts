import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * A folder of facts about published software (`charts` or `crds`) in `../shared` beside the repository, from which the facts
 * that the project keeps are made, and with which they are compared. Undefined where there is none, as in most clones.
 */
export function collectionAt(name: "charts" | "crds"): string | undefined {
  const folder = join(__dirname, "../../../shared", name);
  return existsSync(join(folder, "index.json")) ? folder : undefined;
}
