import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Summary } from "../../sandbox/engine/summary";
import { cachePaths } from "../../sandbox/paths";

const repository = resolve(__dirname, "..", "..");

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
  };

  constructor(private readonly project: string = repository) {}

  async run(command: string, stack: string, ...options: readonly string[]): Promise<Run> {
    const child = this.start(command, stack, ...options);
    const chunks: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    const code = await new Promise<number | null>((done) => child.on("close", done));
    return { code, output: plain(chunks.join("")) };
  }

  /** Starts a command as the leader of a process group, so that a test can kill all of it. */
  start(command: string, stack: string, ...options: readonly string[]) {
    return spawn(
      process.execPath,
      [
        ...["--require", "esbuild-register", join(repository, "sandbox", "main.ts"), command],
        ...["--stack", stack, "--project", this.project, ...options],
      ],
      { cwd: repository, env: this.environment, detached: true, stdio: ["ignore", "pipe", "pipe"] },
    );
  }

  summary(stack: string): Summary {
    return JSON.parse(readFileSync(join(this.project, "build", "summary", `${stack}.json`), "utf8"));
  }
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the escape character
  return text.replaceAll(/\u001b\[[0-9;]*m/g, "");
}
