import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cachePaths } from "../../cli/cache";
import type { Reporter } from "../../cli/reporter";
import { CloudStore } from "../clouds/store";
import { madeByClusters } from "../cluster/cloud-controller/registry";
import type { ClusterIdentity, ClusterManager } from "../cluster/types";
import type { Project } from "./project";

/**
 * What remains of a stack after its destroy: control planes, and in the simulated clouds the resources of the
 * stack and those that its clusters created (volumes, load balancers), which would cost money unnoticed.
 */
export async function leftovers(
  project: Project,
  stack: string,
  manager: ClusterManager,
  clusters: readonly ClusterIdentity[],
): Promise<readonly string[]> {
  const standing = (await manager.list()).filter((one) =>
    clusters.some(({ cloud, name }) => one.cloud === cloud && one.name === name),
  );
  const records = await new CloudStore(cachePaths.clouds()).madeBy(urnPrefix(project, stack));
  return [
    ...standing.map(({ cloud, name }) => `control plane ${cloud}-${name}`),
    ...records.map(({ type, id }) => `${type} ${id}`),
    ...clusters.flatMap(madeByCluster),
  ];
}

/** How the URNs of all of a stack's resources begin. */
export function urnPrefix(project: Project, stack: string): string {
  return `urn:pulumi:${stack}::${project.name}::`;
}

/**
 * Deletes what the clouds have made again after the end of these clusters, as people do who want to bring the stack up once more;
 * tells the commands.
 */
export async function deleteMadeAgain(
  clusters: readonly ClusterIdentity[],
  reporter: Reporter,
): Promise<void> {
  const store = new CloudStore(cachePaths.clouds());
  for (const record of await store.madeByClouds()) {
    if (!clusters.some(({ cloud, name }) => cloud === "aws" && record.id === `/aws/eks/${name}/cluster`))
      continue;
    await store.delete(record);
    reporter.step(
      `EKS made the log group ${record.id} again, for the cluster's last logs; deleted, as this does in the real cloud: ` +
        `aws logs delete-log-group --log-group-name ${record.id} --region ${record.region}`,
    );
  }
}

function madeByCluster({ cloud, name }: ClusterIdentity): readonly string[] {
  const folder = join(madeByClusters(cloud), `${cloud}-${name}`);
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `made by the cluster ${cloud}-${name}: ${entry.name}`);
}
