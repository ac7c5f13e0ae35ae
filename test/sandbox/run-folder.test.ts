import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identify, isAlive, type ProcessIdentity } from "../../cli/process-identity";
import { beginRun, processesIn, removeRun, runFolder } from "./run-folder";

const parent = mkdtempSync(join(runFolder(), "runs-"));

afterAll(() => removeRun(parent));

/** A process that works below a folder, as a control plane does; or one that finds it in its environment, as a command does. */
function workIn(folder: string, named: "argument" | "variable" = "argument"): ProcessIdentity {
  const words = ["-e", "setInterval(() => {}, 1000)", ...(named === "argument" ? [folder] : [])];
  const env = { ...process.env, ...(named === "variable" && { XDG_CACHE_HOME: folder }) };
  const { pid = 0 } = spawn(process.execPath, words, { stdio: "ignore", detached: true, env });
  const started = identify(pid);
  if (started === undefined) throw new Error("the process ended at once");
  return started;
}

async function endedProcess(): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const identity = identify(child.pid ?? 0);
  if (identity === undefined) throw new Error("the process ended at once");
  child.kill("SIGKILL");
  await once(child, "exit");
  return identity;
}

function begun(): string {
  const own = runFolder();
  const folder = beginRun(parent);
  process.env.AI_PLATFORM_TEST_RUN = own;
  return folder;
}

test("a run takes away what one that was killed has left: folder and processes", async () => {
  const killed = begun();
  writeFileSync(join(killed, "owner.json"), JSON.stringify(await endedProcess()));
  const folder = join(killed, "sandbox");
  const left = [workIn(folder), ...(process.platform === "linux" ? [workIn(folder, "variable")] : [])];
  begun();
  expect(existsSync(killed)).toBe(false);
  while (left.some(isAlive)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

test("it leaves a run alone that is at work, and one that is just beginning", () => {
  const atWork = begun();
  const beginning = begun();
  rmSync(join(beginning, "owner.json"));
  const { pid } = workIn(join(atWork, "sandbox"));
  begun();
  expect([atWork, beginning].map(existsSync)).toEqual([true, true]);
  expect(processesIn(atWork).map((found) => found.pid)).toEqual([pid]);
});
