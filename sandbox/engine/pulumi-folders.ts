import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cachePaths } from "../../cli/cache";
import type { Project } from "./project";

/** Where Pulumi keeps the sandbox's own state, apart from the user's. */
export const pulumiFolders = {
  home: (): string => join(cachePaths.pulumi(), "home"),
  state: (): string => join(cachePaths.pulumi(), "state"),
  workspace: (project: Project): string => join(cachePaths.pulumi(), "workspaces", project.name),
} as const;

/** Makes the folders that the engine works in. */
export function makeFolders(project: Project): void {
  for (const folder of [pulumiFolders.workspace(project), pulumiFolders.home(), pulumiFolders.state()]) {
    mkdirSync(folder, { recursive: true });
  }
  leaveOutLogs();
}

/**
 * The CLI logs all that each of its runs does, for support, and has no setting against it: nearly half of the engine's work in
 * a preview, and properties in it are not redacted. It goes without where it cannot make the folder.
 */
function leaveOutLogs(): void {
  const logs = join(pulumiFolders.home(), "logs");
  if (statSync(logs, { throwIfNoEntry: false })?.isFile()) return;
  rmSync(logs, { recursive: true, force: true });
  writeFileSync(logs, "The sandbox's engine keeps no logs: they would be nearly half of its work.\n");
}

/** The file in which the engine keeps a stack's state, there or not. */
export function stateFile(project: Project, stack: string): string {
  return join(pulumiFolders.state(), ".pulumi", "stacks", project.name, `${stack}.json`);
}

/** Tells from which settings the workspace's own file of a stack was written. */
export function settingsDigest(project: Project, stack: string): string {
  return join(pulumiFolders.workspace(project), `${stack}.settings.sha256`);
}

/** Whether the sandbox has state of a stack: it was brought up, at least in part, and not destroyed. */
export function hasState(project: Project, stack: string): boolean {
  return existsSync(stateFile(project, stack));
}

/** Removes what Pulumi keeps of a stack beside its state: settings, the last checkpoints (whole or not), history, backups. */
export function removeWorkspace(project: Project, stack: string): void {
  rmSync(join(pulumiFolders.workspace(project), `Pulumi.${stack}.yaml`), { force: true });
  rmSync(settingsDigest(project, stack), { force: true });
  const checkpoints = join(pulumiFolders.state(), ".pulumi", "stacks", project.name);
  for (const file of existsSync(checkpoints) ? readdirSync(checkpoints) : []) {
    if (file.startsWith(`${stack}.json.`)) {
      rmSync(join(checkpoints, file), { force: true });
    }
  }
  for (const kept of ["history", "backups", "locks"]) {
    const scope = kept === "locks" ? join("organization", project.name) : project.name;
    rmSync(join(pulumiFolders.state(), ".pulumi", kept, scope, stack), { recursive: true, force: true });
  }
}
