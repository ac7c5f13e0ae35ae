import { spawn } from "node:child_process";
import { join } from "node:path";

/** What a run of the engine came to. */
export interface EngineRun {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Runs of the sandbox's own commands on the stack under drill, each in a process of its own, as its user has them. */
export interface Engine {
  run(command: "up" | "preview" | "destroy", ...options: readonly string[]): Promise<EngineRun>;
}

/** The sandbox's command line for one stack. */
export function engineOf(common: readonly string[]): Engine {
  return {
    run: (command, ...options) =>
      new Promise((done, failed) => {
        const sandbox = join(__dirname, "..");
        const child = spawn(
          process.execPath,
          [
            ...["--require", join(sandbox, "typescript.js"), join(sandbox, "main.ts"), command],
            ...common,
            ...options,
          ],
          { stdio: ["ignore", "pipe", "pipe"] },
        );
        const chunks: string[] = [];
        child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
        child.once("error", failed);
        child.once("close", (code) => done({ succeeded: code === 0, output: chunks.join("") }));
      }),
  };
}
