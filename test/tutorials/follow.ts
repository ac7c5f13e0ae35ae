import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";

const repository = resolve(__dirname, "..", "..");

/** One change of a tutorial's page: a whole new file, or lines of one that is there. */
export interface Change {
  readonly kind: "new" | "edit";
  readonly file: string;
  readonly text: string;
}

/** The changes that a page tells its reader to make: its blocks with `file=`. */
export function changesOf(page: string): readonly Change[] {
  const text = readFileSync(join(repository, "docs", "tutorials", page), "utf8");
  return [...text.matchAll(/^```(\w+) file=(\S+)\n([\s\S]*?)^```$/gm)].map(
    ([, language, file = "", body = ""]) => ({
      kind: language === "diff" ? "edit" : "new",
      file,
      text: body,
    }),
  );
}

/**
 * The text with an edit made in it: lines with `+` are added, those with `-` removed, all others say where.
 *
 * @throws Error when the place is not there, or more than once
 */
export function edited(text: string, { file, text: edit }: Change): string {
  const lines = edit.replace(/\n$/, "").split("\n");
  const side = (without: string): string =>
    lines
      .filter((line) => !line.startsWith(without))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const [before, after] = [side("+"), side("-")];
  const places = text.split(before).length - 1;
  if (places !== 1) {
    throw new Error(
      `${file}: the page's lines are there ${places} times, and must be there once:\n${before}`,
    );
  }
  return text.replace(before, () => after);
}

/** A copy of the project in which the changes of a page have been made, up to its commands. */
export class Followed {
  readonly folder = mkdtempSync(join(tmpdir(), "tutorial-"));

  constructor(changes: readonly Change[]) {
    const left = ["node_modules", ".git", "build", "test/upgrade/recorded"];
    cpSync(repository, this.folder, {
      recursive: true,
      filter: (source) => !left.includes(relative(repository, source)),
    });
    symlinkSync(join(repository, "node_modules"), join(this.folder, "node_modules"));
    for (const change of changes) this.make(change);
  }

  /** Runs one of the project's programs. Answers with what it prints. */
  async run(program: string, ...words: readonly string[]): Promise<string> {
    const loader = join(this.folder, "cli", "typescript.js");
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--require", loader, join(this.folder, program), ...words],
      { cwd: this.folder, maxBuffer: 64 * 1024 * 1024 },
    );
    return stdout;
  }

  /** The same of a command that must fail: what it prints, errors included. */
  async fails(program: string, ...words: readonly string[]): Promise<string> {
    const said = await this.run(program, ...words).then(
      () => undefined,
      ({ stdout, stderr }) => `${stdout}${stderr}`,
    );
    if (said === undefined) throw new Error(`${[program, ...words].join(" ")} did not fail`);
    return said;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private make(change: Change): void {
    const path = join(this.folder, change.file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, change.kind === "new" ? change.text : edited(readFileSync(path, "utf8"), change));
  }
}
