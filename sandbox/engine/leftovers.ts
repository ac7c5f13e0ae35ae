import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { ClusterIdentity, ClusterManager } from "../cluster/types";
import { cachePaths } from "../paths";
import type { Project } from "./project";

/**
 * What of a stack still stands after its destroy: control planes, and in the simulated clouds the resources that the
 * stack made as well as those that its clusters made (volumes, load balancers), which nobody would pay for knowingly.
 */
export async function leftovers(
  project: Project,
  stack: string,
  manager: ClusterManager,
  clusters: readonly ClusterIdentity[],
): Promise<readonly string[]> {
  const standing = (await manager.list())
    .filter((one) => clusters.some(({ cloud, name }) => one.cloud === cloud && one.name === name))
    .map(({ cloud, name }) => `control plane ${cloud}-${name}`);
  const marks = [
    `urn:pulumi:${stack}::${project.name}::`,
    ...clusters.map(({ cloud, name }) => `"cluster": "${cloud}-${name}"`),
  ];
  const records = filesBelow(cachePaths.clouds()).filter((file) => {
    const text = readFileSync(file, "utf8");
    return marks.some((mark) => text.includes(mark));
  });
  return [...standing, ...records.map((file) => relative(cachePaths.clouds(), file))];
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name));
}
