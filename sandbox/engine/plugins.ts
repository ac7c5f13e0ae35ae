import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** Packages whose official plugin serves in the sandbox too, where it is installed: they reach no cloud. */
const welcome = ["kubernetes", "random"];

/** The user's, as it is named before the sandbox names its own to the programs that it runs. */
const homeOfUser = process.env.PULUMI_HOME || join(homedir(), ".pulumi");

/**
 * Lets the sandbox's engine, which has a home of its own, find the official plugins that the user has installed, and
 * answers with their packages: those need no stand-in.
 */
export function adoptOfficialPlugins(home: string): readonly string[] {
  const source = join(homeOfUser, "plugins");
  const target = join(home, "plugins");
  const installed = (existsSync(source) ? readdirSync(source) : []).filter((entry) =>
    welcome.some((name) => entry.startsWith(`resource-${name}-v`)),
  );
  mkdirSync(target, { recursive: true });
  for (const entry of installed.filter((name) => !existsSync(join(target, name)))) {
    symlinkSync(join(source, entry), join(target, entry));
  }
  const onPath = (process.env.PATH ?? "").split(delimiter);
  return welcome.filter(
    (name) =>
      installed.some((entry) => entry.startsWith(`resource-${name}-v`)) ||
      onPath.some((folder) => existsSync(join(folder, `pulumi-resource-${name}`))),
  );
}
