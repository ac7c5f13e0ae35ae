import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { cachePaths } from "../../cli/cache";
import { todayVariable } from "../../policies/day";
import { withoutColour } from "../../sandbox/engine/engine-lines";
import type { Summary } from "../../sandbox/engine/summary";
import recordedOn from "../recorded-on.json";
import { killIfRunning, processesIn, runFolder } from "./run-folder";

const repository = resolve(__dirname, "..", "..");

/** Commands of the delivery; all others are the sandbox's. */
const deliveryCommands: ReadonlySet<string> = new Set(["preflight", "deploy", "smoke", "validate"]);

export interface Run {
  readonly code: number | null;
  /** Standard output and standard error, in the order in which they came, without terminal colours. */
  readonly output: string;
}

/** The sandbox as its user has it: the command line in a process of its own, with its own cache. */
export class Sandbox {
  readonly cache = mkdtempSync(join(runFolder(), "sandbox-"));
  readonly environment: NodeJS.ProcessEnv = {
    ...process.env,
    XDG_CACHE_HOME: this.cache,
    // Tools take minutes to build, so all tests share the ones in the user's cache.
    AI_PLATFORM_TOOLS: cachePaths.tools(),
    // The day of the recorded states, on any day on which the test runs.
    [todayVariable]: recordedOn.day,
    // Settings that users of their own backend may have in the shell.
    PULUMI_DIY_BACKEND_ZSTD: "true",
  };
  /**
   * When the engine of the next command writes its state. Users have "after each step", which is more than half of the work
   * of an `up` and most of a `destroy`, and helps only runs that are killed.
   */
  checkpoints: "after each step" | "at the end" = "at the end";

  /** Process groups of the commands that still run. */
  private readonly groups = new Set<number>();

  constructor(private readonly project: string = repository) {}

  async run(command: string, stack: string, ...options: readonly string[]): Promise<Run> {
    const child = this.start(command, stack, ...options);
    const chunks: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    const code = await new Promise<number | null>((done) => child.on("close", done));
    return { code, output: withoutColour(chunks.join("")) };
  }

  /**
   * Runs a command that must succeed.
   * @throws Error with all that it printed
   */
  async succeed(command: string, stack: string, ...options: readonly string[]): Promise<string> {
    const { code, output } = await this.run(command, stack, ...options);
    if (code !== 0) {
      throw new Error(`${command} of ${stack} ended with exit code ${code}:\n${output}`);
    }
    return output;
  }

  /** Starts a command as the leader of a process group, so that a test can kill all of it. */
  start(command: string, stack: string, ...options: readonly string[]) {
    const folder = deliveryCommands.has(command) ? "delivery" : "simulation";
    const child = spawn(
      process.execPath,
      [
        ...["--require", join(repository, "cli", "typescript.js")],
        ...[join(repository, folder, "main.ts"), command],
        ...["--stack", stack, "--project", this.project, ...options],
      ],
      {
        cwd: repository,
        env: { ...this.environment, PULUMI_SKIP_CHECKPOINTS: String(this.checkpoints === "at the end") },
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    if (child.pid !== undefined) {
      this.groups.add(child.pid);
      const { pid } = child;
      child.once("exit", () => this.groups.delete(pid));
    }
    return child;
  }

  summary(stack: string): Summary {
    return JSON.parse(readFileSync(this.summaryFile(stack), "utf8"));
  }

  /** Where the last run of a stack has left its summary. */
  summaryFile(stack: string): string {
    return join(this.project, "build", "summary", `${stack}.json`);
  }

  /** Paths of the files below folders of the sandbox's own cache (`clouds`, `clusters`). */
  files(...folders: readonly string[]): readonly string[] {
    const root = join(this.cache, "ai-platform");
    return folders
      .map((folder) => join(root, folder))
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .sort();
  }

  /** Running processes that work in the sandbox's cache. */
  processes(): ReturnType<typeof processesIn> {
    return processesIn(this.cache);
  }

  /** Removes everything at once, faster than a user could: leftovers of an unfinished test must not outlive it. */
  empty(): void {
    for (const group of this.groups) {
      killIfRunning(-group);
    }
    for (const { pid } of this.processes()) {
      killIfRunning(pid);
    }
    for (const entry of existsSync(this.cache) ? readdirSync(this.cache) : []) {
      rmSync(join(this.cache, entry), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  }

  remove(): void {
    this.empty();
    rmSync(this.cache, { recursive: true, force: true });
  }
}
