import { copyFileSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseDocument } from "yaml";
import { openProject } from "../sandbox/engine/project";

/** What a copy of a project shares with it: its policies, and where its secrets are declared. */
export const sharedFolders = ["policies", "infra", "apps"] as const;

/** Those without which a copy has no policies: runs of it are faster by what the policies take. */
export const sharedWithoutPolicies = sharedFolders.filter((folder) => folder !== "policies");

/** Values by their path below `config`: `["ai-platform:rotate", "jwt-secrets"]`. */
export type Settings = readonly { readonly path: readonly string[]; readonly value: unknown }[];

/**
 * A folder that is the project with other settings for one stack; its program is the project's own.
 *
 * @param shared what else it has of the project's own
 */
export function changedProject(
  directory: string,
  stack: string,
  settings: Settings,
  shared: readonly string[] = sharedFolders,
): string {
  const { main, stacks } = openProject(directory);
  const folder = mkdtempSync(join(tmpdir(), "ai-platform-drill-"));
  const project = parseDocument(readFileSync(join(directory, "Pulumi.yaml"), "utf8"));
  project.set("main", relative(folder, main));
  writeFileSync(join(folder, "Pulumi.yaml"), project.toString());
  for (const name of stacks) {
    copyFileSync(join(directory, `Pulumi.${name}.yaml`), join(folder, `Pulumi.${name}.yaml`));
  }
  for (const name of readdirSync(directory).filter((entry) => shared.includes(entry))) {
    symlinkSync(join(directory, name), join(folder, name));
  }
  const file = join(folder, `Pulumi.${stack}.yaml`);
  const changed = parseDocument(readFileSync(file, "utf8"));
  for (const { path, value } of settings) {
    changed.setIn(["config", ...path], value);
  }
  writeFileSync(file, changed.toString());
  return folder;
}
