import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { replaceFile } from "../cluster/folder";

/** Packages whose official plugin serves in the sandbox too, where it is installed: they reach no cloud. */
const welcome = ["kubernetes", "random"];

/**
 * Lets the sandbox's engine, which has a home of its own, find the official plugins that the user has installed, in the very
 * versions that the project's SDKs ask for: the engine takes no other. Answers with their packages, which need no stand-in.
 *
 * @param home the engine's
 * @param project folder of the project
 */
export function adoptOfficialPlugins(
  home: string,
  project: string,
  env: NodeJS.ProcessEnv = process.env,
): readonly string[] {
  const installed = join(env.PULUMI_HOME || join(homedir(), ".pulumi"), "plugins");
  const adopted = join(home, "plugins");
  mkdirSync(adopted, { recursive: true });
  for (const entry of readdirSync(adopted).filter((name) => name.startsWith("resource-"))) {
    if (!existsSync(join(installed, entry))) rmSync(join(adopted, entry), { recursive: true });
  }
  const onPath = (env.PATH ?? "").split(delimiter);
  return welcome.filter(
    (name) =>
      adopt(`resource-${name}-v${sdkVersion(project, name)}`, installed, adopted) ||
      onPath.some((folder) => existsSync(join(folder, `pulumi-resource-${name}`))),
  );
}

/** The engine passes over a folder that is a link, but not over links in a folder. */
function adopt(plugin: string, from: string, to: string): boolean {
  if (!existsSync(join(from, plugin))) return false;
  const folder = join(to, plugin);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return true;
  rmSync(folder, { force: true });
  mkdirSync(folder);
  for (const file of readdirSync(join(from, plugin))) {
    symlinkSync(join(from, plugin, file), join(folder, file));
  }
  return true;
}

/** Undefined where the project does not use the package. */
function sdkVersion(project: string, name: string): string | undefined {
  try {
    return createRequire(join(project, "package.json"))(`@pulumi/${name}/package.json`).version;
  } catch {
    return undefined;
  }
}

/** Names the script that starts policy packs to the plugin that {@link installAnalyzer} installs. */
export const analyzerVariable = "AI_PLATFORM_ANALYZER";

/**
 * Installs the plugin that starts policy packs where the CLI has no language host beside it. It serves every clone of the project:
 * whose script it runs, the run says.
 */
export async function installAnalyzer(home: string): Promise<void> {
  const folder = join(home, "plugins", "analyzer-policy-nodejs-v1.0.0");
  const program = join(folder, "pulumi-analyzer-policy-nodejs");
  if (existsSync(program)) return;
  mkdirSync(folder, { recursive: true });
  await replaceFile(program, `#!/bin/sh\nexec "$${analyzerVariable}" "$@"\n`, 0o755);
}
