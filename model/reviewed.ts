import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "test", "golden", "plan");

/** Folder of a stack's reviewed plan. */
export function reviewedFolder(stack: string): string {
  return join(folder, stack);
}

/** The stacks whose plans are reviewed. */
export function reviewedStacks(): readonly string[] {
  return readdirSync(folder).sort();
}
