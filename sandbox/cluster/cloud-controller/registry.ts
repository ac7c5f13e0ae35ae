import { mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cachePaths } from "../../../cli/cache";
import { hasCode } from "../../../cli/errors";
import { entriesOf } from "../../../cli/folder-entries";
import type { Cloud, ClusterIdentity } from "../types";

/** What a cluster makes in its cloud on Kubernetes' behalf, which no Pulumi state knows. */
export type MadeByCluster = "volumes" | "load-balancers";

/** One volume or load balancer of the simulated cloud; its file outlives the cluster, as the real thing would. */
export interface CloudRecord {
  readonly id: string;
  /** `${cloud}-${name}` */
  readonly cluster: string;
  /** `namespace/name` of the claim or Service that it was made for. */
  readonly madeFor: string;
  readonly [key: string]: string;
}

/** Files below `clouds/CLOUD/made-by-clusters/CLUSTER/`. */
export class Registry {
  constructor(private readonly identity: ClusterIdentity) {}

  get clusterId(): string {
    return `${this.identity.cloud}-${this.identity.name}`;
  }

  async save(kind: MadeByCluster, record: CloudRecord): Promise<void> {
    const folder = this.folder(kind);
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${record.id}.json`);
    await writeFile(`${path}.new`, `${JSON.stringify(record, null, 2)}\n`);
    await rename(`${path}.new`, path);
  }

  async find(kind: MadeByCluster, id: string): Promise<CloudRecord | undefined> {
    return readRecord(join(this.folder(kind), `${id}.json`));
  }

  remove(kind: MadeByCluster, id: string): Promise<void> {
    return removeMade(this.identity.cloud, kind, { id, cluster: this.clusterId });
  }

  /** What all clusters of this cloud have made. */
  all(kind: MadeByCluster): Promise<readonly CloudRecord[]> {
    return madeIn(this.identity.cloud, kind);
  }

  private folder(kind: MadeByCluster): string {
    return join(madeByClusters(this.identity.cloud), this.clusterId, kind);
  }
}

/** The folder of what a cloud's clusters have made, with a folder for each of them. */
export function madeByClusters(cloud: Cloud): string {
  return join(cachePaths.clouds(), cloud, "made-by-clusters");
}

/** What all clusters of a cloud have made. */
export async function madeIn(cloud: Cloud, kind: MadeByCluster): Promise<readonly CloudRecord[]> {
  const root = madeByClusters(cloud);
  const records: CloudRecord[] = [];
  for (const cluster of await entriesOf(root)) {
    const folder = join(root, cluster, kind);
    for (const file of (await entriesOf(folder)).filter((name) => name.endsWith(".json"))) {
      const record = await readRecord(join(folder, file));
      if (record !== undefined) {
        records.push(record);
      }
    }
  }
  return records;
}

/** Folders that become empty go too, so that a cloud with nothing in it looks like one. */
export async function removeMade(
  cloud: Cloud,
  kind: MadeByCluster,
  { id, cluster }: Pick<CloudRecord, "id" | "cluster">,
): Promise<void> {
  const root = madeByClusters(cloud);
  await rm(join(root, cluster, kind, `${id}.json`), { force: true });
  for (const folder of [join(root, cluster, kind), join(root, cluster), root]) {
    try {
      await rmdir(folder);
    } catch (error) {
      if (hasCode(error, "ENOTEMPTY", "EEXIST", "ENOENT")) {
        return;
      }
      throw error;
    }
  }
}

async function readRecord(path: string): Promise<CloudRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return undefined;
    }
    throw error;
  }
}
