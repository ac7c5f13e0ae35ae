import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasCode } from "../../cli/errors";
import { identifySelf, isAlive, type ProcessIdentity } from "../../cli/process-identity";

/** Tells the workers of a run of the suite which folder is theirs. */
const variable = "AI_PLATFORM_TEST_RUN";

const prefix = "ai-platform-tests-";

/**
 * The folder of this run of the suite. All that its tests start works below it, so that the end of the run, or the beginning of
 * the next one after a run that was killed, finds and removes all of it.
 *
 * @throws Error outside a run of the suite
 */
export function runFolder(): string {
  const folder = process.env[variable];
  if (folder === undefined) {
    throw new Error(`${variable} is not set: it is by jest --selectProjects sandbox, through begin.ts`);
  }
  return folder;
}

/** Makes the folder of a run, whose owner is this process, and takes away what killed runs have left. */
export function beginRun(parent: string = tmpdir()): string {
  removeAbandonedRuns(parent);
  const folder = mkdtempSync(join(parent, prefix));
  writeFileSync(ownerFile(folder), JSON.stringify(identifySelf()));
  process.env[variable] = folder;
  return folder;
}

/** Ends every process that works below a folder, and removes the folder. */
export function removeRun(folder: string): void {
  const pids = new Set([...processesIn(folder).map(({ pid }) => pid), ...startedFor(folder)]);
  pids.delete(process.pid);
  for (const pid of pids) {
    killIfRunning(pid);
  }
  for (const mounted of mountsIn(folder)) {
    execFileSync("umount", [mounted]);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Processes whose command line names a folder: control planes, and what else was left behind. */
export function processesIn(folder: string): readonly { readonly pid: number; readonly command: string }[] {
  return execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(folder))
    .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+ /, "") }));
}

/** `kill -9`, for a process (or with a negative number its group) that may have ended already. */
export function killIfRunning(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!hasCode(error, "ESRCH")) {
      throw error;
    }
  }
}

/** Processes whose environment names a folder, where the system tells: commands that still run, and workers. */
function startedFor(folder: string): readonly number[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(folder))
    .map(Number);
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(join("/proc", pid, "environ"), "utf8");
  } catch {
    // It has ended, or it is another user's.
    return "";
  }
}

function removeAbandonedRuns(parent: string): void {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(parent, name);
    const owner = ownerOf(folder);
    if (owner !== undefined && !isAlive(owner)) {
      removeRun(folder);
    }
  }
}

function ownerFile(folder: string): string {
  return join(folder, "owner.json");
}

/** Undefined for a run that is just beginning. */
function ownerOf(folder: string): ProcessIdentity | undefined {
  return existsSync(ownerFile(folder)) ? JSON.parse(readFileSync(ownerFile(folder), "utf8")) : undefined;
}

function mountsIn(folder: string): readonly string[] {
  if (!existsSync("/proc/mounts")) return [];
  return readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .flatMap((line) => line.split(" ")[1] ?? [])
    .filter((place) => place.startsWith(`${folder}/`));
}
