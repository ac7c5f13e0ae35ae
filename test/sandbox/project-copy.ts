import { copyFileSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseDocument } from "yaml";
import { runFolder } from "./run-folder";

export const repository = resolve(__dirname, "..", "..");

/**
 * A project folder of its own, whose stack files and summaries a test may change and read while others run. Program and
 * policies are the repository's.
 *
 * @param main what Pulumi runs; without it the repository's program
 */
export function copyProject(main: string = join(repository, "index.ts")): string {
  const folder = mkdtempSync(join(runFolder(), "project-"));
  const project = parseDocument(readFileSync(join(repository, "Pulumi.yaml"), "utf8"));
  project.set("main", relative(folder, main));
  writeFileSync(join(folder, "Pulumi.yaml"), project.toString());
  for (const file of readdirSync(repository).filter((name) => /^Pulumi\..+\.yaml$/.test(name))) {
    copyFileSync(join(repository, file), join(folder, file));
  }
  for (const shared of ["policies", "infra", "apps"])
    symlinkSync(join(repository, shared), join(folder, shared));
  return folder;
}
