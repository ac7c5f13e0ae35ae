import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "..", "docs", "runbooks");
const extension = ".md";

/** Every runbook of docs/runbooks, by its file's name: one for each alert, by its name, and one for each drill. (O2, R2) */
export function runbooks(): Readonly<Record<string, string>> {
  const files = readdirSync(folder).filter((file) => file.endsWith(extension));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}
