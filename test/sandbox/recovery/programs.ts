import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { isExecutable } from "../../../cli/executable";

/** Where the scripts are that the backup jobs run. */
const scripts = resolve(__dirname, "../../../infra/recovery/scripts");

/** Debian keeps PostgreSQL's own programs out of the PATH. */
const postgresqlVersions = "/usr/lib/postgresql";
const postgresqlFolders = existsSync(postgresqlVersions)
  ? readdirSync(postgresqlVersions).map((version) => join(postgresqlVersions, version, "bin"))
  : [];
/** Where programs are looked for. */
export const folders = [...postgresqlFolders, ...(process.env.PATH ?? "").split(delimiter)];

/** Set where a drill that cannot run is a failure, and not something to be passed over. */
const required = process.env.AI_PLATFORM_DRILLS === "required";

/**
 * Describes drills that need real programs. Where some of those are missing, the drills are skipped, and their title says
 * which; with `AI_PLATFORM_DRILLS=required` in the environment they fail instead.
 */
export function describeDrill(title: string, programs: readonly string[], drills: () => void): void {
  const missing = programs.filter(
    (program) => !folders.some((folder) => isExecutable(join(folder, program))),
  );
  if (missing.length === 0) {
    describe(title, drills);
    return;
  }
  const lacking = `${title}: this machine has no ${missing.join(", ")}`;
  if (required) {
    test(lacking, () => {
      throw new Error(`install ${missing.join(", ")}, or unset AI_PLATFORM_DRILLS`);
    });
  } else {
    describe.skip(lacking, drills);
  }
}

/** How a program ended, and all that it said. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs programs in a folder of their own, as a user that is not root: PostgreSQL refuses to be. */
export class Workplace {
  readonly folder: string;
  private readonly user: { readonly uid: number; readonly gid: number } | undefined;
  private works = 0;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "ai-platform-drill-"));
    this.user = process.getuid?.() === 0 ? nobody() : undefined;
    if (this.user) chownSync(this.folder, this.user.uid, this.user.gid);
  }

  /** A path inside the folder. */
  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** Runs a program until it ends. */
  run(
    program: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    return new Promise((done, failed) => {
      const child = spawn(program, args, {
        cwd: this.folder,
        env: {
          PATH: folders.join(delimiter),
          HOME: this.folder,
          TMPDIR: this.folder,
          LC_ALL: "C",
          PYTHONDONTWRITEBYTECODE: "1",
          ...environment,
        },
        stdio: ["ignore", "pipe", "pipe"],
        ...this.user,
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk) => {
          output += chunk;
        });
      }
      child.on("error", failed);
      child.on("close", (code) => done({ code, output }));
    });
  }

  /** Runs a program that has to end well, and returns what it said. */
  async must(
    program: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { code, output } = await this.run(program, args, environment);
    if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${output}`);
    return output.trim();
  }

  /** Waits for a Redis that became a daemon: it may not listen yet. */
  async redisListens(port: string): Promise<void> {
    while ((await this.run("redis-cli", ["-p", port, "PING"])).code !== 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Runs one of the backup jobs' scripts with an empty folder to work in. */
  async script(name: string, environment: Readonly<Record<string, string>>): Promise<Ended> {
    this.works += 1;
    const work = this.path(`work-${this.works}`);
    await this.must("mkdir", [work]);
    const interpreter = name.endsWith(".py") ? "python3" : "sh";
    return this.run(interpreter, [join(scripts, name)], {
      WORK: work,
      MAXIMUM_AGE_HOURS: "1",
      ...environment,
    });
  }

  /** Removes everything. */
  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function nobody(): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
