import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Summary } from "../sandbox/engine/summary";
import { sandboxInvocation } from "../simulation/invocation";
import { availableMemory } from "./memory";

/** A project of the sandbox, and the variables that its program reads. */
export interface Project {
  readonly folder: string;
  readonly stack: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a command of the sandbox took. */
export interface Measurement {
  /** Seconds from the start of the process to its end. */
  readonly seconds: number;
  /** Seconds from the start of the process to the first resource that the engine works on. */
  readonly firstResource: number;
  /** Bytes that were in use at most, beyond those before it: all of its processes, and the control planes that it left running. */
  readonly memory: number;
  readonly summary: Summary;
}

/**
 * Measures a command of the sandbox, as its user has it.
 *
 * @throws Error with all that it printed, when it fails
 */
export async function measure(
  command: "up" | "preview" | "destroy",
  project: Project,
  ...options: readonly string[]
): Promise<Measurement> {
  const before = availableMemory();
  let least = before;
  const sampling = setInterval(() => {
    least = Math.min(least, availableMemory());
  }, 250);
  const started = process.hrtime.bigint();
  try {
    await succeed(command, project, ...options);
  } finally {
    clearInterval(sampling);
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { folder, stack } = project;
  const summary: Summary = JSON.parse(
    readFileSync(join(folder, "build", "summary", `${stack}.json`), "utf8"),
  );
  return {
    seconds,
    firstResource: summary.seconds["to first resource"] ?? Number.NaN,
    memory: before - least,
    summary,
  };
}

/**
 * Runs a command of the sandbox.
 *
 * @throws Error with all that it printed, when it fails
 */
export function succeed(
  command: string,
  { folder, stack, environment = {} }: Project,
  ...options: readonly string[]
): Promise<void> {
  const child = spawn(
    process.execPath,
    sandboxInvocation(command, { projectDirectory: folder, stack }, ...options),
    {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  }
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) =>
      code === 0
        ? done()
        : failed(
            new Error(
              `${command} of ${stack} in ${folder} ended with exit code ${code}:\n${printed.join("")}`,
            ),
          ),
    );
  });
}
