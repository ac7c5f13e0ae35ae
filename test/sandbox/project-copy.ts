import { copyFileSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseDocument } from "yaml";
import { sharedFolders } from "../../drills/changed-project";
import { runFolder } from "./run-folder";

export const repository = resolve(__dirname, "..", "..");

/**
 * A project folder of its own, whose stack files and summaries a test may change and read while others run. Program and
 * policies are the repository's.
 *
 * @param main what Pulumi runs; without it the repository's program
 * @param shared what else it has of the repository
 */
export function copyProject(
  main: string = join(repository, "index.ts"),
  shared: readonly string[] = sharedFolders,
): string {
  const folder = mkdtempSync(join(runFolder(), "project-"));
  const project = parseDocument(readFileSync(join(repository, "Pulumi.yaml"), "utf8"));
  project.set("main", relative(folder, main));
  writeFileSync(join(folder, "Pulumi.yaml"), project.toString());
  for (const file of readdirSync(repository).filter((name) => /^Pulumi\..+\.yaml$/.test(name))) {
    copyFileSync(join(repository, file), join(folder, file));
  }
  for (const name of shared) symlinkSync(join(repository, name), join(folder, name));
  return folder;
}
