import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { cachePaths } from "../../cli/cache";
import { Failure } from "../../cli/failure";
import type { Tools } from "../../toolchain";

const ports = z.record(z.string(), z.number().int().positive());

/** The process that serves the stand-in providers during one run of the engine. */
export interface StandIns {
  /** Value of PULUMI_DEBUG_PROVIDERS that attaches the engine to them. */
  readonly debugProviders: string;
  stop(): Promise<void>;
}

/**
 * Starts the stand-in providers in a process of their own, so that they share neither the program's thread nor its
 * modules. It ends when its standard input closes, so it never outlives this process, however this one ends. It is on its
 * way when this function returns its promise, so that what the caller loads meanwhile holds nothing up.
 *
 * @param main the script, which calls `serveStandIns`
 */
export async function startStandIns(
  main: string,
  tools: Tools,
  without: readonly string[],
): Promise<StandIns> {
  mkdirSync(cachePaths.logs(), { recursive: true });
  const logFile = join(cachePaths.logs(), `stand-ins-${process.pid}.log`);
  const log = openSync(logFile, "w");
  const typescript = join(__dirname, "..", "..", "cli", "typescript.js");
  const exclusions = without.flatMap((name) => ["--without", name]);
  const child = spawn(
    process.execPath,
    ["--require", typescript, main, "--tools", JSON.stringify(tools), ...exclusions],
    { stdio: ["pipe", "pipe", log] },
  );
  closeSync(log);
  try {
    const attached = ports.parse(JSON.parse(await firstLine(child)));
    return {
      debugProviders: Object.entries(attached)
        .map(([name, port]) => `${name}:${port}`)
        .join(","),
      stop: () => stop(child),
    };
  } catch {
    await stop(child);
    throw new Failure(`The stand-in providers did not start; their log is ${logFile}`);
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) {
    return "";
  }
  for await (const line of createInterface({ input: child.stdout })) {
    return line;
  }
  return "";
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = once(child, "exit");
  child.stdin?.end();
  const overdue = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await exited;
  clearTimeout(overdue);
}
