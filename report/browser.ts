import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { isExecutable } from "../cli/executable";

/** What a browser made of a page. */
export interface Visit {
  /** The page after it has been loaded, as markup. */
  readonly document: string;
  /** What it wrote to its console: errors, refused requests, warnings. */
  readonly console: readonly string[];
}

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Chromium, or what is made of it, on the PATH; undefined where there is none. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

/** Opens a file in a browser without a window. */
export async function visit(browser: string, file: string): Promise<Visit> {
  const { stdout, stderr } = await run(browser, file, ["--dump-dom", "--enable-logging=stderr", "--v=0"]);
  return { document: stdout, console: stderr.split("\n").filter((line) => line.includes(":CONSOLE")) };
}

async function run(
  browser: string,
  file: string,
  options: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const profile = mkdtempSync(join(tmpdir(), "report-browser-"));
  try {
    return await promisify(execFile)(
      browser,
      [
        ...["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
        ...[`--user-data-dir=${profile}`, ...options, `file://${file}`],
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
