import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cachePaths } from "../cli/cache";
import { isExecutable } from "../cli/executable";
import { entriesOf } from "../cli/folder-entries";
import { buildKey, type GoModule } from "./modules";
import type { ToolName } from "./tools";

/** Folder of the tools that this Go builds from the module's present pins. */
export function builtFolder(module: GoModule, goVersion: string): string {
  return join(cachePaths.tools(), module.name, `${buildKey(module)}-go${goVersion}`);
}

/** The tool as it was built from the module's current pins, by any Go; undefined when it was not. */
export async function findBuilt(module: GoModule, tool: ToolName): Promise<string | undefined> {
  const root = join(cachePaths.tools(), module.name);
  const prefix = `${buildKey(module)}-go`;
  for (const folder of (await entriesOf(root)).filter((name) => name.startsWith(prefix))) {
    const path = join(root, folder, tool);
    if (isExecutable(path)) {
      return path;
    }
  }
  return undefined;
}

/**
 * Runs `build` with the path that it has to write to, and gives the tool its name only when it is whole. What an
 * interrupted build left is removed first.
 */
export async function buildInto(
  folder: string,
  tool: ToolName,
  build: (output: string) => Promise<void>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const leftover of (await entriesOf(folder)).filter((name) => name.startsWith(unfinished))) {
    await rm(join(folder, leftover), { recursive: true, force: true });
  }
  const temporary = await mkdtemp(join(folder, unfinished));
  try {
    await build(join(temporary, tool));
    await rename(join(temporary, tool), join(folder, tool));
    return join(folder, tool);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

const unfinished = ".unfinished-";
