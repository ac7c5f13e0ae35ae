import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const scripts = join(__dirname, "..", "..", "..", ".github", "scripts");

/** Runs one of the workflows' scripts in an environment of its own, with these programs in the place of the real ones. */
export class Script {
  readonly #programs: string;
  readonly #calls: string;

  /** @param folder where the programs and the record of their calls are kept */
  constructor(
    readonly name: string,
    folder: string,
  ) {
    this.#programs = join(folder, "programs");
    this.#calls = join(folder, "calls");
    mkdirSync(this.#programs, { recursive: true });
  }

  /** Puts a program on the PATH that records its arguments, and then does this in the shell. */
  replace(program: string, work: string): void {
    const file = join(this.#programs, program);
    writeFileSync(file, `#!/bin/sh\necho "$*" >> '${this.#calls}'\n${work}\n`);
    chmodSync(file, 0o755);
  }

  /** The arguments of each call of a replaced program, in order. */
  run(
    words: readonly string[],
    { cwd, env }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
  ): readonly string[] {
    execFileSync(join(scripts, this.name), words, {
      ...(cwd !== undefined && { cwd }),
      env: { ...env, PATH: [this.#programs, process.env.PATH].join(delimiter) },
      stdio: "pipe",
    });
    return existsSync(this.#calls) ? readFileSync(this.#calls, "utf8").trim().split("\n") : [];
  }
}
