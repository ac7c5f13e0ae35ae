import { join } from "node:path";
import { hasCode } from "../errors";
import { withLock } from "../lock";
import { cachePaths } from "../paths";
import type { Reporter } from "../reporter";
import { buildInto, builtFolder, findBuilt } from "./cache";
import { BuildError, type BuildProgress, diskFull, findGo, goBuild } from "./go";
import { findInstalled, type Installed, wantedVersion } from "./installed";
import { moduleOf, requiredGo } from "./modules";
import type { ToolName } from "./tools";
import { pinnedVersion } from "./versions";

export { BuildError } from "./go";
export {
  type ControlPlaneTools,
  controlPlaneTools,
  type ToolName,
  type Tools,
  testToolNames,
  toolNames,
} from "./tools";

/**
 * Absolute paths of tools: from the PATH where the version fits, else from the cache, else built into the cache.
 * Two runs at once build one after the other; an interrupted build leaves nothing that a later run takes for a tool.
 *
 * @throws BuildError that says what to do
 */
export async function ensureTools<Name extends ToolName>(
  names: readonly Name[],
  reporter: Reporter,
): Promise<Readonly<Record<Name, string>>> {
  const paths: Partial<Record<ToolName, string>> = {};
  const missing: Missing[] = [];
  await Promise.all(
    names.map(async (name) => {
      const installed = await findInstalled(name);
      const path = installed?.fits ? installed.path : await findBuilt(moduleOf(name).module, name);
      if (path === undefined) {
        missing.push({ name, installed });
      } else {
        paths[name] = path;
      }
    }),
  );
  if (missing.length > 0) {
    await withBuildLock(reporter, async () => {
      for (const tool of missing) {
        paths[tool.name] = await build(tool, reporter);
      }
    });
  }
  if (!hasAll(paths, names)) {
    throw new BuildError(`Not all of ${names.join(", ")} were found or built.`);
  }
  return paths;
}

interface Missing {
  readonly name: ToolName;
  /** The one on the PATH that does not fit. */
  readonly installed: Installed | undefined;
}

async function build({ name, installed }: Missing, reporter: Reporter): Promise<string> {
  const { module, package: mainPackage } = moduleOf(name);
  const built = await findBuilt(module, name);
  if (built !== undefined) {
    return built;
  }
  const version = pinnedVersion(name);
  const title = `${name} ${version}`;
  const go = await findGo(requiredGo(module), `${name} (${wantedVersion(name)})`);
  reporter.step(
    `${title}: ${whyNotInstalled(installed, name)}; building it from Go modules (${module.name}: about ${module.takes} on 2 cores)`,
  );
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
        onProgress: (progress) => reporter.detail(`${title}: ${inWords(progress)}`),
      }),
    );
  } catch (error) {
    throw hasCode(error, "ENOSPC", "EDQUOT") ? new BuildError(diskFull(folder)) : error;
  }
}

/** All builds under one lock: each uses all cores by itself. */
function withBuildLock(reporter: Reporter, work: () => Promise<void>): Promise<void> {
  const say = ({ pid }: { readonly pid: number }) =>
    reporter.step(`Process ${pid} is building tools; waiting for it to finish`);
  return withLock("build", work, say, join(cachePaths.tools(), "locks"));
}

function whyNotInstalled(installed: Installed | undefined, name: ToolName): string {
  return installed === undefined
    ? "not on the PATH"
    : `${installed.path} is ${installed.version ?? "of no known version"}, not ${wantedVersion(name)}`;
}

function inWords({ seconds, downloaded, compiled }: BuildProgress): string {
  const time = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const downloads = downloaded === 0 ? [] : [`${downloaded} modules downloaded`];
  return [...downloads, `${compiled} packages compiled`, time].join(", ");
}

function hasAll<Name extends ToolName>(
  paths: Partial<Record<ToolName, string>>,
  names: readonly Name[],
): paths is Record<Name, string> {
  return names.every((name) => paths[name] !== undefined);
}
