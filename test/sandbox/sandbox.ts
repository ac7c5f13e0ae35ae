import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { todayVariable } from "../../policies/day";
import type { Summary } from "../../sandbox/engine/summary";
import { hasCode } from "../../sandbox/errors";
import { cachePaths } from "../../sandbox/paths";
import recordedOn from "../recorded-on.json";

const repository = resolve(__dirname, "..", "..");

/** Commands that are the delivery's; all others are the sandbox's own. */
const deliveryCommands: ReadonlySet<string> = new Set(["preflight", "deploy", "smoke", "validate"]);

export interface Run {
  readonly code: number | null;
  /** Standard output and standard error, in the order in which they came, without terminal colours. */
  readonly output: string;
}

/** The sandbox as its user has it: the command line in a process of its own, with a cache that nobody else uses. */
export class Sandbox {
  readonly cache = mkdtempSync(join(tmpdir(), "ai-platform-sandbox-"));
  /** Tools take minutes to build, so all tests share the ones in the user's cache. */
  readonly environment: NodeJS.ProcessEnv = {
    ...process.env,
    XDG_CACHE_HOME: this.cache,
    AI_PLATFORM_TOOLS: cachePaths.tools(),
    // The day of the recorded states, whichever day the test runs on.
    [todayVariable]: recordedOn.day,
    // As whoever works with a backend of their own may have it in the shell.
    PULUMI_DIY_BACKEND_ZSTD: "true",
  };

  /** Process groups of the commands that still run. */
  private readonly groups = new Set<number>();

  constructor(private readonly project: string = repository) {}

  async run(command: string, stack: string, ...options: readonly string[]): Promise<Run> {
    const child = this.start(command, stack, ...options);
    const chunks: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    const code = await new Promise<number | null>((done) => child.on("close", done));
    return { code, output: plain(chunks.join("")) };
  }

  /**
   * Runs a command that has to end well.
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
    const folder = deliveryCommands.has(command) ? "delivery" : "sandbox";
    const child = spawn(
      process.execPath,
      [
        ...["--require", join(repository, "sandbox", "typescript.js")],
        ...[join(repository, folder, "main.ts"), command],
        ...["--stack", stack, "--project", this.project, ...options],
      ],
      { cwd: repository, env: this.environment, detached: true, stdio: ["ignore", "pipe", "pipe"] },
    );
    if (child.pid !== undefined) {
      this.groups.add(child.pid);
      const { pid } = child;
      child.once("exit", () => this.groups.delete(pid));
    }
    return child;
  }

  summary(stack: string): Summary {
    return JSON.parse(readFileSync(join(this.project, "build", "summary", `${stack}.json`), "utf8"));
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

  /** Running processes that work in the sandbox's cache: control planes, and whatever else was left behind. */
  processes(): readonly { readonly pid: number; readonly command: string }[] {
    return execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(this.cache))
      .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+ /, "") }));
  }

  /** Takes everything away at once, as no user could: what an unfinished test leaves must not outlive it. */
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

function killIfRunning(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!hasCode(error, "ESRCH")) {
      throw error;
    }
  }
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the escape character
  return text.replaceAll(/\u001b\[[0-9;]*m/g, "");
}
