import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { programOf } from "../../cli/process-identity";
import type { Reporter } from "../../cli/reporter";
import { understood } from "../../cli/understood";
import type { Project } from "./project";
import { pulumiFolders, stateFile } from "./pulumi-folders";
import { damagedState, readState, rewriteState } from "./state";

const lockFile = z.looseObject({ pid: z.number().int() });

/**
 * Frees a stack that a killed run left locked. The caller holds the sandbox's own lock of the stack, so an engine that
 * still holds the backend's is an orphan: its program and its providers are gone.
 */
export async function releaseOrphanedLocks(
  project: Project,
  stack: string,
  reporter: Reporter,
): Promise<void> {
  const folder = join(pulumiFolders.state(), ".pulumi", "locks", "organization", project.name, stack);
  if (!existsSync(folder)) {
    return;
  }
  for (const entry of readdirSync(folder)) {
    const file = join(folder, entry);
    const orphan = lockHolder(file);
    if (orphan !== undefined && isPulumi(orphan)) {
      process.kill(orphan, "SIGKILL");
      await gone(orphan);
    }
    rmSync(file, { force: true });
    reporter.warn(`${stack}: an earlier run was killed; its lock is released`);
  }
}

/**
 * Forgets operations that a killed run had begun: the stand-ins take over what such an operation left in the clouds
 * when the same resource is created again.
 */
export async function forgetPendingOperations(
  project: Project,
  stack: Stack,
  reporter: Reporter,
): Promise<void> {
  if (!mentionsPendingOperations(stateFile(project, stack.name))) {
    return;
  }
  const state = await readState(project, stack.name);
  if (state.pendingOperations > 0) {
    await rewriteState(stack, state, (resource) => resource);
    reporter.warn(
      `${stack.name}: an earlier run was killed during ${state.pendingOperations} operations; they are done again`,
    );
  }
}

/** A look into the engine's own file spares the run that asks the engine: nearly always there is nothing to forget. */
function mentionsPendingOperations(file: string): boolean {
  if (!existsSync(file)) return false;
  const text = readFileSync(file, "utf8");
  // To read all of it would cost each run; what was cut off has no end.
  if (!text.trimEnd().endsWith("}")) understood(file, () => JSON.parse(text), damagedState(file));
  return text.includes('"pending_operations"');
}

function lockHolder(file: string): number | undefined {
  try {
    return lockFile.parse(JSON.parse(readFileSync(file, "utf8"))).pid;
  } catch {
    return undefined;
  }
}

function isPulumi(pid: number): boolean {
  return programOf(pid) === "pulumi";
}

async function gone(pid: number): Promise<void> {
  while (isPulumi(pid)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
