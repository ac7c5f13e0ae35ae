import { join } from "node:path";
import { cachePaths } from "../cli/cache";
import { hasCode } from "../cli/errors";
import { buildInto, builtFolder } from "./cache";
import { BuildError, type BuildProgress, diskFull, downloadModules, findGo, type Go, goBuild } from "./go";
import { wantedVersion } from "./installed";
import { moduleOf, requiredGo } from "./modules";
import type { ToolName } from "./tools";

/**
 * The Go that can build a tool.
 * @throws BuildError when there is none
 */
export function findGoFor(name: ToolName): Promise<Go> {
  return findGo(requiredGo(moduleOf(name).module), `${name} (${wantedVersion(name)})`);
}

/** Gets the sources of a tool while the processor is busy with another one. */
export async function prefetch(name: ToolName, go: Go): Promise<void> {
  const { module, package: mainPackage } = moduleOf(name);
  await downloadModules({ go, folder: module.folder, package: mainPackage });
}

/**
 * Builds a tool into the cache; answers with its path.
 * @param title what is built, for messages: `kwok 0.8.0`
 * @throws BuildError
 */
export async function buildTool(
  name: ToolName,
  go: Go,
  title: string,
  onProgress: (progress: BuildProgress) => void,
): Promise<string> {
  const { module, package: mainPackage } = moduleOf(name);
  const folder = builtFolder(module, go.version);
  try {
    return await buildInto(folder, name, (output) =>
      goBuild({
        go,
        folder: module.folder,
        package: mainPackage,
        linkerFlags: module.linkerFlags,
        experiment: module.experiment,
        output,
        log: join(cachePaths.logs(), `build-${name}.log`),
        title,
        onProgress,
      }),
    );
  } catch (error) {
    throw hasCode(error, "ENOSPC", "EDQUOT") ? new BuildError(diskFull(folder)) : error;
  }
}
