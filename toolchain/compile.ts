import { devNull } from "node:os";
import { join } from "node:path";
import { cachePaths } from "../cli/cache";
import { Failure } from "../cli/failure";
import { findGo, goBuild } from "./go";
import { goModules, requiredGo } from "./modules";

/**
 * Compiles every tool for another system, and keeps nothing.
 *
 * @param system as Go names it, for example `darwin/arm64`
 * @throws BuildError for the first tool that does not compile
 */
export async function compileTools(system: string, say: (line: string) => void): Promise<void> {
  const [, os, architecture] = /^([a-z0-9]+)\/([a-z0-9]+)$/.exec(system) ?? [];
  if (os === undefined || architecture === undefined) {
    throw new Failure(`system: found "${system}"; allowed is what Go calls one, for example darwin/arm64`);
  }
  Object.assign(process.env, { GOOS: os, GOARCH: architecture, CGO_ENABLED: "0" });
  for (const module of goModules) {
    const go = await findGo(requiredGo(module), module.name);
    for (const [name, mainPackage] of Object.entries(module.packages)) {
      await goBuild({
        go,
        folder: module.folder,
        package: mainPackage,
        linkerFlags: module.linkerFlags,
        experiment: module.experiment,
        output: devNull,
        log: join(cachePaths.logs(), `compile-${name}.log`),
        title: `${name} for ${system}`,
        onProgress: () => undefined,
      });
      say(`${name} compiles for ${system}`);
    }
  }
}
